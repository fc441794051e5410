-- Generations: each run's lists under a number of their own, and one pointer to the published one.
-- What the original stored becomes generation 1; its two names become views of what is published.

-- migrate:up
CREATE TABLE generations (
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
);
CREATE TABLE published (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    generation BIGINT NOT NULL REFERENCES generations (number)
);
CREATE TABLE generation_shows (
    generation BIGINT NOT NULL,
    show_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    genres JSON NOT NULL,
    summary TEXT,
    rating DOUBLE,
    type TEXT,
    language TEXT,
    network TEXT,
    premiered TEXT,
    PRIMARY KEY (generation, show_id)
);
CREATE TABLE generation_similarities (
    generation BIGINT NOT NULL,
    show_id BIGINT NOT NULL,
    position INTEGER NOT NULL,
    similar_show_id BIGINT NOT NULL,
    similarity_score DOUBLE NOT NULL,
    genre_score DOUBLE NOT NULL,
    text_score DOUBLE NOT NULL,
    metadata_score DOUBLE NOT NULL,
    PRIMARY KEY (generation, show_id, position)
) WITHOUT ROWID;

INSERT INTO generations (number, computed_at, written_at, published_at, shows, recommendations,
                         shows_with_recommendations, genre_weight, text_weight, metadata_weight, top_n, min_similarity)
SELECT 1,
       strftime('%Y-%m-%dT%H:%M:%SZ', COALESCE((SELECT MAX(computed_at) FROM show_similarities), 'now')),
       strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
       (SELECT COUNT(*) FROM show_metadata),
       (SELECT COUNT(*) FROM show_similarities),
       (SELECT COUNT(DISTINCT show_id) FROM show_similarities),
       0.4, 0.5, 0.1, 20, 0.1
WHERE EXISTS (SELECT 1 FROM show_metadata);
INSERT INTO published (only_row, generation) SELECT 1, number FROM generations;
INSERT INTO generation_shows (generation, show_id, name, genres, summary, rating, type, language, network)
SELECT 1, show_id, COALESCE(name, ''), COALESCE(genres, '[]'), summary, rating, type, language, network
FROM show_metadata;
INSERT INTO generation_similarities (generation, show_id, position, similar_show_id, similarity_score, genre_score,
                                     text_score, metadata_score)
SELECT 1, show_id, ROW_NUMBER() OVER (PARTITION BY show_id ORDER BY similarity_score DESC, similar_show_id),
       similar_show_id, similarity_score, COALESCE(genre_score, 0), COALESCE(text_score, 0), COALESCE(metadata_score, 0)
FROM show_similarities
WHERE EXISTS (SELECT 1 FROM generations);
DROP TABLE show_similarities;
DROP TABLE show_metadata;

CREATE VIEW show_metadata AS
SELECT s.show_id, s.name, s.genres, s.summary, s.rating, s.type, s.language, s.network, g.computed_at AS synced_at,
       s.premiered
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_shows s ON s.generation = p.generation;
CREATE VIEW show_similarities AS
SELECT r.show_id, r.similar_show_id, r.similarity_score, r.genre_score, r.text_score, r.metadata_score,
       g.computed_at AS computed_at, r.position
FROM published p
JOIN generations g ON g.number = p.generation
JOIN generation_similarities r ON r.generation = p.generation;

-- migrate:down
CREATE TABLE published_metadata (
    show_id BIGINT NOT NULL PRIMARY KEY,
    name VARCHAR(255),
    genres JSON,
    summary TEXT,
    rating DOUBLE,
    type VARCHAR(50),
    language VARCHAR(50),
    network VARCHAR(255),
    synced_at DATETIME
);
CREATE TABLE published_similarities (
    show_id BIGINT NOT NULL,
    similar_show_id BIGINT NOT NULL,
    similarity_score DOUBLE NOT NULL,
    genre_score DOUBLE,
    text_score DOUBLE,
    metadata_score DOUBLE,
    computed_at DATETIME,
    PRIMARY KEY (show_id, similar_show_id)
);
INSERT INTO published_metadata (show_id, name, genres, summary, rating, type, language, network, synced_at)
SELECT show_id, name, genres, summary, rating, type, language, network, synced_at FROM show_metadata;
INSERT INTO published_similarities (show_id, similar_show_id, similarity_score, genre_score, text_score,
                                    metadata_score, computed_at)
SELECT show_id, similar_show_id, similarity_score, genre_score, text_score, metadata_score, computed_at
FROM show_similarities;
DROP VIEW show_similarities;
DROP VIEW show_metadata;
DROP TABLE generation_similarities;
DROP TABLE generation_shows;
DROP TABLE published;
DROP TABLE generations;
ALTER TABLE published_metadata RENAME TO show_metadata;
ALTER TABLE published_similarities RENAME TO show_similarities;
