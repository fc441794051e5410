-- Checksums of all that a generation stores, and a name for the database.  What was written before has none.

-- migrate:up
CREATE TABLE database_identity (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    id VARCHAR(32) NOT NULL
);
INSERT INTO database_identity (only_row, id) VALUES (1, lower(hex(randomblob(16))));
ALTER TABLE generations ADD COLUMN first_show_id BIGINT;
ALTER TABLE generations ADD COLUMN spread_checksum BIGINT;
ALTER TABLE generations ADD COLUMN shows_checksum BIGINT;
ALTER TABLE generations ADD COLUMN lists_checksum BIGINT;
ALTER TABLE generations ADD COLUMN words_checksum BIGINT;
ALTER TABLE generations ADD COLUMN features_checksum BIGINT;
ALTER TABLE generations ADD COLUMN checksum BIGINT;
ALTER TABLE published ADD COLUMN checksum BIGINT;
ALTER TABLE generation_shows ADD COLUMN list_length INTEGER;
ALTER TABLE generation_shows ADD COLUMN next_show_id BIGINT;
ALTER TABLE generation_shows ADD COLUMN checksum BIGINT;
ALTER TABLE generation_similarities ADD COLUMN checksum INTEGER;
ALTER TABLE generation_words ADD COLUMN checksum INTEGER;

-- migrate:down
ALTER TABLE generation_words DROP COLUMN checksum;
ALTER TABLE generation_similarities DROP COLUMN checksum;
ALTER TABLE generation_shows DROP COLUMN checksum;
ALTER TABLE generation_shows DROP COLUMN next_show_id;
ALTER TABLE generation_shows DROP COLUMN list_length;
ALTER TABLE published DROP COLUMN checksum;
ALTER TABLE generations DROP COLUMN checksum;
ALTER TABLE generations DROP COLUMN features_checksum;
ALTER TABLE generations DROP COLUMN words_checksum;
ALTER TABLE generations DROP COLUMN lists_checksum;
ALTER TABLE generations DROP COLUMN shows_checksum;
ALTER TABLE generations DROP COLUMN spread_checksum;
ALTER TABLE generations DROP COLUMN first_show_id;
DROP TABLE database_identity;
