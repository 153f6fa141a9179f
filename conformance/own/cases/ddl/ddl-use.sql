-- about: ddl use
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE DATABASE d1;

USE d1;

CREATE TABLE t (k INT) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

USE default_database;

SELECT * FROM d1.t;
