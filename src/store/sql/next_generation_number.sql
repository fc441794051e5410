SELECT COALESCE(MAX(number), 0) + 1 FROM generations
