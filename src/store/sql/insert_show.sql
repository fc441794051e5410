INSERT INTO generation_shows (generation, show_id, name, genres, summary, rating, type, language, network, premiered)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
