INSERT INTO published (only_row, generation, checksum) VALUES (1, ?, ?)
