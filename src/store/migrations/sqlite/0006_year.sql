-- The part `year` of the score.  Scores that do not have it store NULL.

-- migrate:up
ALTER TABLE generations ADD COLUMN year_weight DOUBLE NOT NULL DEFAULT 0;
ALTER TABLE generation_similarities ADD COLUMN year_score DOUBLE;
DROP VIEW show_similarities;
CREATE VIEW show_similarities AS
SELECT r.show_id, r.similar_show_id, r.similarity_score, r.genre_score, r.text_score, r.metadata_score,
       g.computed_at AS computed_at, r.position, r.year_score
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_similarities r ON r.generation = p.generation;

-- migrate:down
DROP VIEW show_similarities;
ALTER TABLE generation_similarities DROP COLUMN year_score;
ALTER TABLE generations DROP COLUMN year_weight;
CREATE VIEW show_similarities AS
SELECT r.show_id, r.similar_show_id, r.similarity_score, r.genre_score, r.text_score, r.metadata_score,
       g.computed_at AS computed_at, r.position
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_similarities r ON r.generation = p.generation;
