-- How the scores of a generation are spread, counted when it is written.  What was written before has none.

-- migrate:up
ALTER TABLE generations ADD COLUMN spread JSON;

-- migrate:down
ALTER TABLE generations DROP COLUMN spread;
