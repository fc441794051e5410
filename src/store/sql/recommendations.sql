-- The lists of shows, each best first: ranges of the primary key, in its order.
-- Parameters: generation, length, ids (may repeat); the last ? is expanded to the number of ids.
SELECT r.generation, r.show_id, r.similar_show_id, r.similarity_score, r.@_score,
       r.checksum
FROM generation_similarities r
WHERE r.generation = ? AND r.position <= ? AND r.show_id IN (?)
ORDER BY r.show_id, r.position
