-- The next words of a generation, in the order of the primary key.
-- Parameters: generation, then twice the word to start after, its show, and again with its position; limit.
SELECT word, show_id, position, words, checksum
FROM generation_words
WHERE generation = ? AND word >= ? AND (word > ? OR show_id > ? OR (show_id = ? AND position > ?))
ORDER BY word, show_id, position
LIMIT ?
