-- The account of the pipeline: `bingefriend pipeline`, `populate`, `migrate` and `generations rollback`.
--
-- Run as an administrator, with names and password of your own:
--   mariadb --user=root < deploy/sql/writer.sql        (MySQL: mysql --user=root)
-- Behind '@' stands the host that it connects from; '%' is any.

CREATE DATABASE IF NOT EXISTS bingefriend CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS 'bingefriend_writer'@'%' IDENTIFIED BY 'CHANGE-THIS-1';

-- Rows: a generation is written, published and, when it is old, deleted.
GRANT SELECT, INSERT, UPDATE, DELETE ON bingefriend.* TO 'bingefriend_writer'@'%';

-- Schema: needed by `migrate`, and by the first run after an upgrade.
GRANT CREATE, ALTER, DROP, INDEX, REFERENCES, CREATE VIEW, SHOW VIEW ON bingefriend.* TO 'bingefriend_writer'@'%';
