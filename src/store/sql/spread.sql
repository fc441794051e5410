-- How the published scores are spread.
SELECT g.spread, g.spread_checksum, g.number
FROM published p
JOIN generations g ON g.number = p.generation
