-- The published generation.
SELECT g.number, g.computed_at, g.published_at, g.shows, g.recommendations, g.shows_with_recommendations,
       g.@_weight, g.top_n, g.min_similarity, 1,
       g.first_show_id, g.spread_checksum, g.shows_checksum, g.lists_checksum, g.words_checksum, g.features_checksum,
       g.checksum, p.checksum, (SELECT id FROM database_identity), g.recipe, g.feature_settings,
       g.diversity, g.max_per_franchise
FROM published p
JOIN generations g ON g.number = p.generation
