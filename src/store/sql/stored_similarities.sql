-- The lists of a generation, as they were written.
SELECT show_id, similar_show_id, similarity_score, @_score, checksum
FROM generation_similarities
WHERE generation = ?
ORDER BY show_id, position
