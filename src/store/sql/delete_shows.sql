-- Parameters: generation, first show, last show.
DELETE FROM generation_shows WHERE generation = ? AND show_id BETWEEN ? AND ?
