SELECT COUNT(*) FROM generation_shows WHERE generation = ?
