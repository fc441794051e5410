INSERT INTO generations (number, computed_at, @_weight, top_n, min_similarity, recipe, feature_settings)
VALUES (?, ?, @?, ?, ?, ?, ?)
