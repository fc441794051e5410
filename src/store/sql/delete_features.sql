DELETE FROM generation_features WHERE generation = ?
