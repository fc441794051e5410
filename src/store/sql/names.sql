SELECT show_id, name FROM generation_shows WHERE generation = ? ORDER BY show_id
