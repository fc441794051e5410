-- What one call is answered from: more facts of a show, the words of the names, and the features of a
-- generation, packed.

-- migrate:up
ALTER TABLE generation_shows ADD COLUMN status TEXT;
ALTER TABLE generation_shows ADD COLUMN web_channel TEXT;
ALTER TABLE generation_shows ADD COLUMN url TEXT;
ALTER TABLE generation_shows ADD COLUMN image_medium TEXT;
ALTER TABLE generation_shows ADD COLUMN image_original TEXT;
ALTER TABLE generation_shows ADD COLUMN imdb TEXT;
ALTER TABLE generation_shows ADD COLUMN thetvdb BIGINT;
ALTER TABLE generation_shows ADD COLUMN tvrage BIGINT;
CREATE TABLE generation_words (
    generation BIGINT NOT NULL,
    word TEXT NOT NULL,
    show_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    words INTEGER NOT NULL,
    PRIMARY KEY (generation, word, show_id, position)
) WITHOUT ROWID;
CREATE TABLE generation_features (
    generation BIGINT NOT NULL,
    part INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (generation, part)
);
DROP VIEW show_metadata;
CREATE VIEW show_metadata AS
SELECT s.show_id, s.name, s.genres, s.summary, s.rating, s.type, s.language, s.network, g.computed_at AS synced_at,
       s.premiered,
       s.status, s.web_channel, s.url, s.image_medium, s.image_original, s.imdb, s.thetvdb, s.tvrage
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_shows s ON s.generation = p.generation;

-- migrate:down
DROP VIEW show_metadata;
DROP TABLE generation_features;
DROP TABLE generation_words;
ALTER TABLE generation_shows DROP COLUMN status;
ALTER TABLE generation_shows DROP COLUMN web_channel;
ALTER TABLE generation_shows DROP COLUMN url;
ALTER TABLE generation_shows DROP COLUMN image_medium;
ALTER TABLE generation_shows DROP COLUMN image_original;
ALTER TABLE generation_shows DROP COLUMN imdb;
ALTER TABLE generation_shows DROP COLUMN thetvdb;
ALTER TABLE generation_shows DROP COLUMN tvrage;
CREATE VIEW show_metadata AS
SELECT s.show_id, s.name, s.genres, s.summary, s.rating, s.type, s.language, s.network, g.computed_at AS synced_at,
       s.premiered
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_shows s ON s.generation = p.generation;
