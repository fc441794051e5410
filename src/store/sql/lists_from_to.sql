-- The lists of the shows of a generation from one id to another.  Parameters: generation, first show, last show.
SELECT show_id, similar_show_id, similarity_score, @_score, checksum
FROM generation_similarities
WHERE generation = ? AND show_id BETWEEN ? AND ?
ORDER BY show_id, position
