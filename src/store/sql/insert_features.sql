INSERT INTO generation_features (generation, part, bytes) VALUES (?, ?, ?)
