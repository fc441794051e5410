SELECT bytes FROM generation_features WHERE generation = ? AND part = ?
