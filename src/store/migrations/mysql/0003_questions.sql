-- What one call is answered from: more facts of a show, the words of the names, and the features of a
-- generation, packed.
--
-- A server cannot roll a change of the schema back, so every statement can be run again after the step was cut short.

-- migrate:up
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generation_shows' AND column_name = 'tvrage') = 0,
                 'ALTER TABLE generation_shows ADD COLUMN status TEXT, ADD COLUMN web_channel TEXT, ADD COLUMN url TEXT, ADD COLUMN image_medium TEXT, ADD COLUMN image_original TEXT, ADD COLUMN imdb TEXT, ADD COLUMN thetvdb BIGINT, ADD COLUMN tvrage BIGINT, ROW_FORMAT = DYNAMIC, ALGORITHM = INPLACE',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
CREATE TABLE IF NOT EXISTS generation_words (
    generation BIGINT NOT NULL,
    word VARCHAR(200) NOT NULL,
    show_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    words INTEGER NOT NULL,
    PRIMARY KEY (generation, word, show_id, position)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS generation_features (
    generation BIGINT NOT NULL,
    part INTEGER NOT NULL,
    bytes MEDIUMBLOB NOT NULL,
    PRIMARY KEY (generation, part)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE OR REPLACE SQL SECURITY INVOKER VIEW show_metadata AS
SELECT s.show_id, s.name, s.genres, s.summary, s.rating, s.type, s.language, s.network, STR_TO_DATE(g.computed_at, '%Y-%m-%dT%H:%i:%sZ') AS synced_at,
       s.premiered,
       s.status, s.web_channel, s.url, s.image_medium, s.image_original, s.imdb, s.thetvdb, s.tvrage
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_shows s ON s.generation = p.generation;

-- migrate:down
CREATE OR REPLACE SQL SECURITY INVOKER VIEW show_metadata AS
SELECT s.show_id, s.name, s.genres, s.summary, s.rating, s.type, s.language, s.network, STR_TO_DATE(g.computed_at, '%Y-%m-%dT%H:%i:%sZ') AS synced_at,
       s.premiered
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_shows s ON s.generation = p.generation;
DROP TABLE IF EXISTS generation_features, generation_words;
SET @change = IF((SELECT COUNT(*) FROM information_schema.columns
                  WHERE table_schema = DATABASE() AND table_name = 'generation_shows' AND column_name = 'tvrage') = 1,
                 'ALTER TABLE generation_shows DROP COLUMN status, DROP COLUMN web_channel, DROP COLUMN url, DROP COLUMN image_medium, DROP COLUMN image_original, DROP COLUMN imdb, DROP COLUMN thetvdb, DROP COLUMN tvrage',
                 'DO 0');
PREPARE change_columns FROM @change;
EXECUTE change_columns;
DEALLOCATE PREPARE change_columns;
