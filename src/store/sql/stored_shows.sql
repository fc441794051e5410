-- The shows of a generation, as they were written.
SELECT show_id, checksum, next_show_id FROM generation_shows WHERE generation = ? ORDER BY show_id
