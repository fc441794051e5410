-- The last word of the next chunk.  Parameters: generation, word to start after, length of a chunk.
SELECT MAX(word)
FROM (SELECT word FROM generation_words WHERE generation = ? AND word > ? ORDER BY word LIMIT ?) AS chunk
