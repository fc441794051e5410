-- Parameters: generation, first word, last word, limit.
SELECT word, show_id, position, words
FROM generation_words
WHERE generation = ? AND word BETWEEN ? AND ?
ORDER BY word, show_id, position
LIMIT ?
