-- Parameters: time, shows, recommendations, shows with recommendations, spread of the scores, generation.
UPDATE generations
SET written_at = ?, shows = ?, recommendations = ?, shows_with_recommendations = ?, spread = ?
WHERE number = ?
