-- The account of `bingefriend serve` and of everybody who only reads: stats, recommend, export.
--
-- Run as an administrator, with names and password of your own:
--   mariadb --user=root < deploy/sql/reader.sql        (MySQL: mysql --user=root)
-- Behind '@' stands the host that it connects from; '%' is any.

CREATE USER IF NOT EXISTS 'bingefriend_reader'@'%' IDENTIFIED BY 'CHANGE-THIS-2';
GRANT SELECT ON bingefriend.* TO 'bingefriend_reader'@'%';
