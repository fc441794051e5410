-- Generations: each run's lists under a number of their own, and one pointer to the published one.
-- What the original stored becomes generation 1; its two names become views of what is published.
--
-- A server cannot roll a change of the schema back, so every statement can be run again after the
-- step was cut short, and the two names change their meaning in one statement.  The original's
-- tables stay, under other names.

-- migrate:up
CREATE TABLE IF NOT EXISTS generations (
    number BIGINT NOT NULL PRIMARY KEY,
    computed_at VARCHAR(20) NOT NULL,
    written_at VARCHAR(20),
    published_at VARCHAR(20),
    shows BIGINT NOT NULL DEFAULT 0,
    recommendations BIGINT NOT NULL DEFAULT 0,
    shows_with_recommendations BIGINT NOT NULL DEFAULT 0,
    genre_weight DOUBLE NOT NULL,
    text_weight DOUBLE NOT NULL,
    metadata_weight DOUBLE NOT NULL,
    top_n BIGINT NOT NULL,
    min_similarity DOUBLE NOT NULL
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS published (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    generation BIGINT NOT NULL,
    FOREIGN KEY (generation) REFERENCES generations (number)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS generation_shows (
    generation BIGINT NOT NULL,
    show_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    genres JSON NOT NULL,
    summary MEDIUMTEXT,
    rating DOUBLE,
    type TEXT,
    language TEXT,
    network TEXT,
    premiered TEXT,
    PRIMARY KEY (generation, show_id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE IF NOT EXISTS generation_similarities (
    generation BIGINT NOT NULL,
    show_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    similar_show_id BIGINT NOT NULL,
    similarity_score DOUBLE NOT NULL,
    genre_score DOUBLE NOT NULL,
    text_score DOUBLE NOT NULL,
    metadata_score DOUBLE NOT NULL,
    PRIMARY KEY (generation, show_id, position)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A score may be a FLOAT: its text has the digits that were meant, 0.8 and not 0.800000011920929.
INSERT IGNORE INTO generation_shows (generation, show_id, name, genres, summary, rating, type, language, network)
SELECT 1, show_id, COALESCE(name, ''), COALESCE(genres, '[]'), summary, CONCAT(rating) + 0, type, language, network
FROM show_metadata
WHERE NOT EXISTS (SELECT 1 FROM published);
INSERT IGNORE INTO generation_similarities (generation, show_id, position, similar_show_id, similarity_score,
                                            genre_score, text_score, metadata_score)
SELECT 1, show_id, ROW_NUMBER() OVER (PARTITION BY show_id ORDER BY similarity_score DESC, similar_show_id),
       similar_show_id, CONCAT(similarity_score) + 0, COALESCE(CONCAT(genre_score) + 0, 0),
       COALESCE(CONCAT(text_score) + 0, 0), COALESCE(CONCAT(metadata_score) + 0, 0)
FROM show_similarities
WHERE EXISTS (SELECT 1 FROM generation_shows) AND NOT EXISTS (SELECT 1 FROM published);
INSERT INTO generations (number, computed_at, written_at, published_at, shows, recommendations,
                         shows_with_recommendations, genre_weight, text_weight, metadata_weight, top_n, min_similarity)
SELECT 1,
       DATE_FORMAT(COALESCE((SELECT MAX(computed_at) FROM show_similarities), UTC_TIMESTAMP()), '%Y-%m-%dT%H:%i:%sZ'),
       DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%H:%i:%sZ'),
       DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%H:%i:%sZ'),
       (SELECT COUNT(*) FROM generation_shows WHERE generation = 1),
       (SELECT COUNT(*) FROM generation_similarities WHERE generation = 1),
       (SELECT COUNT(DISTINCT show_id) FROM generation_similarities WHERE generation = 1),
       0.4, 0.5, 0.1, 20, 0.1
FROM (SELECT 1) AS one
WHERE EXISTS (SELECT 1 FROM generation_shows) AND NOT EXISTS (SELECT 1 FROM generations);
INSERT IGNORE INTO published (only_row, generation)
SELECT 1, number FROM generations WHERE number = 1;

CREATE OR REPLACE SQL SECURITY INVOKER VIEW new_show_metadata AS
SELECT s.show_id, s.name, s.genres, s.summary, s.rating, s.type, s.language, s.network,
       STR_TO_DATE(g.computed_at, '%Y-%m-%dT%H:%i:%sZ') AS synced_at, s.premiered
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_shows s ON s.generation = p.generation;
CREATE OR REPLACE SQL SECURITY INVOKER VIEW new_show_similarities AS
SELECT r.show_id, r.similar_show_id, r.similarity_score, r.genre_score, r.text_score, r.metadata_score,
       STR_TO_DATE(g.computed_at, '%Y-%m-%dT%H:%i:%sZ') AS computed_at, r.position
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_similarities r ON r.generation = p.generation;
SET @swap = IF((SELECT COUNT(*) FROM information_schema.tables
                WHERE table_schema = DATABASE() AND table_name = 'show_metadata' AND table_type = 'BASE TABLE') = 1,
               'RENAME TABLE show_metadata TO original_show_metadata, show_similarities TO original_show_similarities, new_show_metadata TO show_metadata, new_show_similarities TO show_similarities',
               'DROP VIEW new_show_metadata, new_show_similarities');
PREPARE swap FROM @swap;
EXECUTE swap;
DEALLOCATE PREPARE swap;

-- migrate:down
-- The original's tables come back with the rows that are published, as far as they fit its columns.
DROP TABLE IF EXISTS returned_metadata, returned_similarities;
CREATE TABLE returned_metadata LIKE original_show_metadata;
CREATE TABLE returned_similarities LIKE original_show_similarities;
SET @largest = (SELECT IF(data_type = 'bigint', 9223372036854775807, 2147483647) FROM information_schema.columns
                WHERE table_schema = DATABASE() AND table_name = 'original_show_similarities'
                  AND column_name = 'show_id');
INSERT IGNORE INTO returned_metadata (show_id, name, genres, summary, rating, type, language, network, synced_at)
SELECT show_id, name, genres, summary, rating, type, language, network, synced_at
FROM show_metadata
WHERE show_id <= @largest;
INSERT IGNORE INTO returned_similarities (show_id, similar_show_id, similarity_score, genre_score, text_score,
                                          metadata_score, computed_at)
SELECT show_id, similar_show_id, similarity_score, genre_score, text_score, metadata_score, computed_at
FROM show_similarities
WHERE show_id <= @largest AND similar_show_id <= @largest;
RENAME TABLE show_metadata TO new_show_metadata, show_similarities TO new_show_similarities,
             returned_metadata TO show_metadata, returned_similarities TO show_similarities;
DROP VIEW new_show_metadata, new_show_similarities;
DROP TABLE published;
DROP TABLE generation_similarities;
DROP TABLE generation_shows;
DROP TABLE generations;
DROP TABLE original_show_metadata;
DROP TABLE original_show_similarities;
