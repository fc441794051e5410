-- Parameters: generation, first show, last show.
DELETE FROM generation_similarities WHERE generation = ? AND show_id BETWEEN ? AND ?
