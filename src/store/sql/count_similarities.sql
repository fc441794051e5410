SELECT COUNT(*) FROM generation_similarities WHERE generation = ?
