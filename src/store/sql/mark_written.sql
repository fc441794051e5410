-- Parameters: time, shows, recommendations, shows with recommendations, distribution of the scores, first show, checksums of
-- the distribution, the shows, the lists, the words, the features and this row, generation.
UPDATE generations
SET written_at = ?, shows = ?, recommendations = ?, shows_with_recommendations = ?, spread = ?, first_show_id = ?,
    spread_checksum = ?, shows_checksum = ?, lists_checksum = ?, words_checksum = ?, features_checksum = ?, checksum = ?
WHERE number = ?
