-- How the published scores are spread.
SELECT g.spread
FROM published p
JOIN generations g ON g.number = p.generation
