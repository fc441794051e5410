-- The list of a show, best first: one range of the primary key.  Where it is empty, one row of nulls with the
-- generation.  Parameters: show, least score, length.
SELECT p.generation, r.similar_show_id, r.similarity_score, r.genre_score, r.text_score, r.metadata_score
FROM published p
LEFT JOIN generation_similarities r
       ON r.generation = p.generation AND r.show_id = ? AND r.similarity_score >= ?
WHERE p.only_row = 1  -- which tells the database that the range is in order already
ORDER BY r.position
LIMIT ?
