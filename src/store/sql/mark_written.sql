-- Parameters: time, shows, recommendations, shows with recommendations, generation.
UPDATE generations
SET written_at = ?, shows = ?, recommendations = ?, shows_with_recommendations = ?
WHERE number = ?
