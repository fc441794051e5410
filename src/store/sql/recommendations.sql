-- The list of a show, best first: one range of the primary key, in its order.
-- Parameters: show, least score, length.
SELECT r.generation, r.similar_show_id, r.similarity_score, r.genre_score, r.text_score, r.metadata_score
FROM generation_similarities r
WHERE r.generation = (SELECT generation FROM published WHERE only_row = 1)
  AND r.show_id = ? AND r.similarity_score >= ?
ORDER BY r.position
LIMIT ?
