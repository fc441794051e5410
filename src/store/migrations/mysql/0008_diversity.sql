-- Diversity: how the lists of a generation were chosen from the ranking.  0: they are the first shows of the ranking.
--
-- A server cannot roll back a schema change, so every statement can be run again after the step was cut short.

-- migrate:up
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'diversity') = 0,
                 'ALTER TABLE generations ADD COLUMN diversity DOUBLE NOT NULL DEFAULT 0',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'max_per_franchise') = 0,
                 'ALTER TABLE generations ADD COLUMN max_per_franchise BIGINT NOT NULL DEFAULT 0',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;

-- migrate:down
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'max_per_franchise') = 1,
                 'ALTER TABLE generations DROP COLUMN max_per_franchise',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'diversity') = 1,
                 'ALTER TABLE generations DROP COLUMN diversity',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
