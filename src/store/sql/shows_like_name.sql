-- Parameters: pattern with | as its escape, limit.
SELECT s.show_id, s.name, s.genres, s.summary, s.type, s.language, s.network, s.premiered, s.rating
FROM published p
JOIN generation_shows s ON s.generation = p.generation
WHERE LOWER(s.name) LIKE LOWER(?) ESCAPE '|'
ORDER BY s.show_id
LIMIT ?
