-- Checksums of all that a generation stores, and a name for the database.  What was written before has none.
--
-- A server cannot roll a change of the schema back, so every statement can be run again after the step was cut short.

-- migrate:up
CREATE TABLE IF NOT EXISTS database_identity (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    id VARCHAR(32) NOT NULL
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT IGNORE INTO database_identity (only_row, id) VALUES (1, REPLACE(UUID(), '-', ''));
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'checksum') = 0,
                 'ALTER TABLE generations ADD COLUMN first_show_id BIGINT, ADD COLUMN spread_checksum BIGINT, ADD COLUMN shows_checksum BIGINT, ADD COLUMN lists_checksum BIGINT, ADD COLUMN words_checksum BIGINT, ADD COLUMN features_checksum BIGINT, ADD COLUMN checksum BIGINT',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'published' AND column_name = 'checksum') = 0,
                 'ALTER TABLE published ADD COLUMN checksum BIGINT',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generation_shows' AND column_name = 'checksum') = 0,
                 'ALTER TABLE generation_shows ADD COLUMN list_length INTEGER, ADD COLUMN next_show_id BIGINT, ADD COLUMN checksum BIGINT',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generation_similarities' AND column_name = 'checksum') = 0,
                 'ALTER TABLE generation_similarities ADD COLUMN checksum INTEGER',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generation_words' AND column_name = 'checksum') = 0,
                 'ALTER TABLE generation_words ADD COLUMN checksum INTEGER',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;

-- migrate:down
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generation_words' AND column_name = 'checksum') = 1,
                 'ALTER TABLE generation_words DROP COLUMN checksum',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generation_similarities' AND column_name = 'checksum') = 1,
                 'ALTER TABLE generation_similarities DROP COLUMN checksum',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generation_shows' AND column_name = 'checksum') = 1,
                 'ALTER TABLE generation_shows DROP COLUMN list_length, DROP COLUMN next_show_id, DROP COLUMN checksum',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'published' AND column_name = 'checksum') = 1,
                 'ALTER TABLE published DROP COLUMN checksum',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generations' AND column_name = 'checksum') = 1,
                 'ALTER TABLE generations DROP COLUMN first_show_id, DROP COLUMN spread_checksum, DROP COLUMN shows_checksum, DROP COLUMN lists_checksum, DROP COLUMN words_checksum, DROP COLUMN features_checksum, DROP COLUMN checksum',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
DROP TABLE IF EXISTS database_identity;
