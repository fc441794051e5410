-- The account of the pipeline: `bingefriend pipeline`, `populate`, `migrate` and `generations rollback`.
--
-- Run as an administrator, with your own names and password:
--   mariadb --user=root < deploy/sql/writer.sql        (MySQL: mysql --user=root)
-- The part after '@' is the host that it connects from; '%' means any host.

CREATE DATABASE IF NOT EXISTS bingefriend CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS 'bingefriend_writer'@'%' IDENTIFIED BY 'CHANGE-THIS-1';

-- Rows: to write, publish and delete generations.
GRANT SELECT, INSERT, UPDATE, DELETE ON bingefriend.* TO 'bingefriend_writer'@'%';

-- Schema: for `migrate`, and for the first run after an upgrade.
GRANT CREATE, ALTER, DROP, INDEX, REFERENCES, CREATE VIEW, SHOW VIEW ON bingefriend.* TO 'bingefriend_writer'@'%';
