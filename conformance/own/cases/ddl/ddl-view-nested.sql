-- about: ddl view nested
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE VIEW w AS SELECT k AS a FROM lhs;

CREATE VIEW w2 AS SELECT a + 1 AS b FROM w;

DROP VIEW IF EXISTS nope;

SELECT * FROM w2;
