-- The account of `bingefriend serve` and all commands that only read: stats, recommend, export.
--
-- Run as an administrator, with your own names and password:
--   mariadb --user=root < deploy/sql/reader.sql        (MySQL: mysql --user=root)
-- The part after '@' is the host that it connects from; '%' means any host.

CREATE USER IF NOT EXISTS 'bingefriend_reader'@'%' IDENTIFIED BY 'CHANGE-THIS-2';
GRANT SELECT ON bingefriend.* TO 'bingefriend_reader'@'%';
