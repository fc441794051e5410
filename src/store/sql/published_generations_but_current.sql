-- Newest first.
SELECT number
FROM generations
WHERE published_at IS NOT NULL AND number NOT IN (SELECT generation FROM published)
ORDER BY number DESC
