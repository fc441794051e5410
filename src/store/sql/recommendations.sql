-- The list of a show, best first: one range of the primary key, and a lookup of each show in it.
-- Parameters: show, least score, length.
SELECT s.show_id, s.name, s.genres, s.summary, s.type, s.language, s.network, s.premiered, s.rating,
       s.status, s.web_channel, s.url, s.image_medium, s.image_original, s.imdb, s.thetvdb, s.tvrage,
       r.similarity_score, r.genre_score, r.text_score, r.metadata_score
FROM generation_similarities r
JOIN generation_shows s ON s.generation = r.generation AND s.show_id = r.similar_show_id
WHERE r.generation = (SELECT generation FROM published) AND r.show_id = ? AND r.similarity_score >= ?
ORDER BY r.position
LIMIT ?
