UPDATE generations SET published_at = ? WHERE number = ?
