SELECT s.show_id, s.name, s.genres, s.summary, s.type, s.language, s.network, s.premiered, s.rating,
       s.status, s.web_channel, s.url, s.image_medium, s.image_original, s.imdb, s.thetvdb, s.tvrage,
       s.generation, s.list_length, s.next_show_id, s.checksum
FROM published p
JOIN generation_shows s ON s.generation = p.generation
WHERE s.show_id = ?
