-- about: ddl view columns
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE VIEW IF NOT EXISTS w (a, b) COMMENT 'hi' AS SELECT k, v FROM lhs;

SELECT b, a FROM w;
