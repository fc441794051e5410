-- Parameters: generation, ids (may repeat); the last ? is expanded to the number of ids.
SELECT s.show_id, s.name, s.genres, s.summary, s.type, s.language, s.network, s.premiered, s.rating,
       s.status, s.web_channel, s.url, s.image_medium, s.image_original, s.imdb, s.thetvdb, s.tvrage,
       s.generation, s.list_length, s.next_show_id, s.checksum
FROM generation_shows s
WHERE s.generation = ? AND s.show_id IN (?)
ORDER BY s.show_id
