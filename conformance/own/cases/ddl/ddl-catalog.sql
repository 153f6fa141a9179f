-- about: ddl catalog
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE CATALOG c1 WITH ('type'='generic_in_memory');

CREATE TABLE c1.`default`.t (k INT) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

USE CATALOG c1;

SELECT * FROM t;
