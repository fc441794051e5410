-- Every show with its list, one row per entry; a show without a list has one row of nulls.  Parameter: generation.
SELECT s.show_id, r.similar_show_id, r.similarity_score, r.@_score, r.checksum
FROM generation_shows s
LEFT JOIN generation_similarities r ON r.generation = s.generation AND r.show_id = s.show_id
WHERE s.generation = ?
ORDER BY s.show_id, r.position
