-- The last show of the next chunk of rows of a generation.  Parameters: generation, show to start after, rows.
SELECT MAX(show_id)
FROM (SELECT show_id FROM generation_shows WHERE generation = ? AND show_id > ? ORDER BY show_id LIMIT ?) AS chunk
