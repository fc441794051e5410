SELECT COUNT(*) FROM generation_words WHERE generation = ?
