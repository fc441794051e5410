-- Recipes: the part `rating` of the score, and the name and settings of the recipe of a generation.  Scores that do not
-- have the part store NULL, as do generations whose settings are not known.
--
-- A server cannot roll back a schema change, so every statement can be run again after the step was cut short.

-- migrate:up
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'rating_weight') = 0,
                 'ALTER TABLE generations ADD COLUMN rating_weight DOUBLE NOT NULL DEFAULT 0',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'recipe') = 0,
                 'ALTER TABLE generations ADD COLUMN recipe VARCHAR(100) NOT NULL DEFAULT ''classic''',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'feature_settings') = 0,
                 'ALTER TABLE generations ADD COLUMN feature_settings TEXT',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generation_similarities' AND column_name = 'rating_score') = 0,
                 'ALTER TABLE generation_similarities ADD COLUMN rating_score DOUBLE',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
CREATE OR REPLACE SQL SECURITY INVOKER VIEW show_similarities AS
SELECT r.show_id, r.similar_show_id, r.similarity_score, r.genre_score, r.text_score, r.metadata_score,
       STR_TO_DATE(g.computed_at, '%Y-%m-%dT%H:%i:%sZ') AS computed_at, r.position, r.year_score, r.rating_score
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_similarities r ON r.generation = p.generation;

-- migrate:down
CREATE OR REPLACE SQL SECURITY INVOKER VIEW show_similarities AS
SELECT r.show_id, r.similar_show_id, r.similarity_score, r.genre_score, r.text_score, r.metadata_score,
       STR_TO_DATE(g.computed_at, '%Y-%m-%dT%H:%i:%sZ') AS computed_at, r.position, r.year_score
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_similarities r ON r.generation = p.generation;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generation_similarities' AND column_name = 'rating_score') = 1,
                 'ALTER TABLE generation_similarities DROP COLUMN rating_score',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'feature_settings') = 1,
                 'ALTER TABLE generations DROP COLUMN feature_settings',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'recipe') = 1,
                 'ALTER TABLE generations DROP COLUMN recipe',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'rating_weight') = 1,
                 'ALTER TABLE generations DROP COLUMN rating_weight',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
