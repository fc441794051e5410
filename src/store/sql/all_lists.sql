-- Every show with its list, a row an entry; a show without a list has one row of nulls.
SELECT s.show_id, r.similar_show_id, r.similarity_score, r.genre_score, r.text_score, r.metadata_score
FROM published p
JOIN generation_shows s ON s.generation = p.generation
LEFT JOIN generation_similarities r ON r.generation = p.generation AND r.show_id = s.show_id
ORDER BY s.show_id, r.position
