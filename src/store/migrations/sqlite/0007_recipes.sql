-- Recipes: the part `rating` of the score, and the name and settings of the recipe of a generation.  Scores that do not
-- have the part store NULL, as do generations whose settings are not known.

-- migrate:up
ALTER TABLE generations ADD COLUMN rating_weight DOUBLE NOT NULL DEFAULT 0;
ALTER TABLE generations ADD COLUMN recipe VARCHAR(100) NOT NULL DEFAULT 'classic';
ALTER TABLE generations ADD COLUMN feature_settings TEXT;
ALTER TABLE generation_similarities ADD COLUMN rating_score DOUBLE;
DROP VIEW show_similarities;
CREATE VIEW show_similarities AS
SELECT r.show_id, r.similar_show_id, r.similarity_score, r.genre_score, r.text_score, r.metadata_score,
       g.computed_at AS computed_at, r.position, r.year_score, r.rating_score
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_similarities r ON r.generation = p.generation;

-- migrate:down
DROP VIEW show_similarities;
ALTER TABLE generation_similarities DROP COLUMN rating_score;
ALTER TABLE generations DROP COLUMN feature_settings;
ALTER TABLE generations DROP COLUMN recipe;
ALTER TABLE generations DROP COLUMN rating_weight;
CREATE VIEW show_similarities AS
SELECT r.show_id, r.similar_show_id, r.similarity_score, r.genre_score, r.text_score, r.metadata_score,
       g.computed_at AS computed_at, r.position, r.year_score
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_similarities r ON r.generation = p.generation;
