-- about: ddl catalog db
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE CATALOG c1 WITH ('type'='generic_in_memory','default-database'='main');

USE CATALOG c1;

CREATE DATABASE x;

USE x;

CREATE TABLE t (k INT) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT c1.x.t.k FROM c1.x.t;
