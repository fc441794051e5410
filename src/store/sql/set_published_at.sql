UPDATE generations SET published_at = ?, checksum = ? WHERE number = ?
