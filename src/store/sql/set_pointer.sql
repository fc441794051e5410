INSERT INTO published (only_row, generation) VALUES (1, ?)
