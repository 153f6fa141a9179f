-- about: ddl view over table
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE VIEW lhs AS SELECT 1 AS x;

SELECT * FROM lhs;
