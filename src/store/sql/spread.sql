-- The distribution of the published scores.
SELECT g.spread, g.spread_checksum, g.number
FROM published p
JOIN generations g ON g.number = p.generation
