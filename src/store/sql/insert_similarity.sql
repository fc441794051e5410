INSERT INTO generation_similarities (generation, show_id, position, similar_show_id, similarity_score, genre_score,
                                     text_score, metadata_score, checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
