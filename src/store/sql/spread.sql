-- The distribution of the scores of a generation.  Parameter: generation.
SELECT g.spread, g.spread_checksum, g.number
FROM generations g
WHERE g.number = ?
