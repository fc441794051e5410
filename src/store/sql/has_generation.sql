SELECT COUNT(*) FROM generations WHERE number = ?
