INSERT INTO generation_words (generation, word, show_id, position, words, checksum)
VALUES (?, ?, ?, ?, ?, ?)
