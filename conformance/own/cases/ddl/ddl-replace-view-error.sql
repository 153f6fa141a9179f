-- about: ddl replace view error
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TEMPORARY VIEW w AS SELECT k FROM lhs;

DROP TEMPORARY VIEW w;

CREATE VIEW w AS SELECT v FROM lhs;

SELECT * FROM w;
