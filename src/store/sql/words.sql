-- The words of the names of a generation.
SELECT word, show_id, position, words, checksum
FROM generation_words
WHERE generation = ?
ORDER BY word, show_id, position
