INSERT INTO generation_similarities (generation, show_id, position, similar_show_id, similarity_score, @_score, checksum)
VALUES (?, ?, ?, ?, ?, @?, ?)
