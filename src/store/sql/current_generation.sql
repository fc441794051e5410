-- The published generation.
SELECT g.number, g.computed_at, g.published_at, g.shows, g.recommendations, g.shows_with_recommendations,
       g.genre_weight, g.text_weight, g.metadata_weight, g.top_n, g.min_similarity, 1
FROM published p
JOIN generations g ON g.number = p.generation
