-- The lists of shows, each best first: ranges of the primary key, in its order.
-- Parameters: length, ids (one may stand several times); the last ? stands for as many as there are.
SELECT r.generation, r.show_id, r.similar_show_id, r.similarity_score, r.@_score,
       r.checksum
FROM generation_similarities r
WHERE r.generation = (SELECT generation FROM published WHERE only_row = 1)
  AND r.position <= ? AND r.show_id IN (?)
ORDER BY r.show_id, r.position
