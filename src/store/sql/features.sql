SELECT bytes FROM generation_features WHERE generation = ? ORDER BY part
