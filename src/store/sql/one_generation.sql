-- A complete generation.  Parameter: its number.
SELECT g.number, g.computed_at, g.published_at, g.shows, g.recommendations, g.shows_with_recommendations,
       g.@_weight, g.top_n, g.min_similarity, CASE WHEN p.generation IS NULL THEN 0 ELSE 1 END,
       g.first_show_id, g.spread_checksum, g.shows_checksum, g.lists_checksum, g.words_checksum, g.features_checksum,
       g.checksum, p.checksum, (SELECT id FROM database_identity), g.recipe, g.feature_settings,
       g.diversity, g.max_per_franchise
FROM generations g
LEFT JOIN published p ON p.generation = g.number
WHERE g.written_at IS NOT NULL AND g.number = ?
