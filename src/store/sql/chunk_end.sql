-- The last show of the next chunk.  Parameters: generation, show to start after, length of a chunk.
SELECT MAX(show_id)
FROM (SELECT show_id FROM generation_shows WHERE generation = ? AND show_id > ? ORDER BY show_id LIMIT ?) AS chunk
