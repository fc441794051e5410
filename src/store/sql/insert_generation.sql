INSERT INTO generations (number, computed_at, genre_weight, text_weight, metadata_weight, top_n, min_similarity)
VALUES (?, ?, ?, ?, ?, ?, ?)
