DELETE FROM generations WHERE number = ?
