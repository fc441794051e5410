-- Parameters: generation, word to start after, last word.
DELETE FROM generation_words WHERE generation = ? AND word > ? AND word <= ?
