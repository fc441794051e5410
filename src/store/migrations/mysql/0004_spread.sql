-- How the scores of a generation are spread, counted when it is written.  What was written before has none.
--
-- A server cannot roll a change of the schema back, so every statement can be run again after the step was cut short.

-- migrate:up
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'spread') = 0,
                 'ALTER TABLE generations ADD COLUMN spread JSON',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;

-- migrate:down
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'spread') = 1,
                 'ALTER TABLE generations DROP COLUMN spread',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
