-- The newest published generation before the current one.
SELECT MAX(g.number)
FROM generations g
WHERE g.published_at IS NOT NULL AND g.number < (SELECT generation FROM published)
