-- The two tables of the original system.  A database that it created already has them, with rows.

-- migrate:up
CREATE TABLE IF NOT EXISTS show_metadata (
    show_id BIGINT NOT NULL PRIMARY KEY,
    name VARCHAR(255),
    genres JSON,
    summary TEXT,
    rating DOUBLE,
    type VARCHAR(50),
    language VARCHAR(50),
    network VARCHAR(255),
    synced_at DATETIME
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4;
CREATE TABLE IF NOT EXISTS show_similarities (
    show_id BIGINT NOT NULL,
    similar_show_id BIGINT NOT NULL,
    similarity_score DOUBLE NOT NULL,
    genre_score DOUBLE,
    text_score DOUBLE,
    metadata_score DOUBLE,
    computed_at DATETIME,
    PRIMARY KEY (show_id, similar_show_id)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4;

-- migrate:down
-- The tables stay: they are the original's.
SELECT 1;
