-- Generations that interrupted runs left behind.
SELECT number FROM generations WHERE published_at IS NULL ORDER BY number
