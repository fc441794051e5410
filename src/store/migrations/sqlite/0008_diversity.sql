-- Diversity: how the lists of a generation were chosen from the ranking.  0: they are the first shows of the ranking.

-- migrate:up
ALTER TABLE generations ADD COLUMN diversity DOUBLE NOT NULL DEFAULT 0;
ALTER TABLE generations ADD COLUMN max_per_franchise BIGINT NOT NULL DEFAULT 0;

-- migrate:down
ALTER TABLE generations DROP COLUMN max_per_franchise;
ALTER TABLE generations DROP COLUMN diversity;
