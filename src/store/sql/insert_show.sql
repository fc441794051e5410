INSERT INTO generation_shows (generation, show_id, name, genres, summary, rating, type, language, network, premiered,
                              status, web_channel, url, image_medium, image_original, imdb, thetvdb, tvrage,
                              list_length, next_show_id, checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
