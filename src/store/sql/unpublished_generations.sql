-- What runs left behind that ended before they published.
SELECT number FROM generations WHERE published_at IS NULL ORDER BY number
