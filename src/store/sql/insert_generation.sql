INSERT INTO generations (number, computed_at, @_weight, top_n, min_similarity, diversity, max_per_franchise, recipe,
                         feature_settings)
VALUES (?, ?, @?, ?, ?, ?, ?, ?, ?)
