-- about: ddl drop view as table
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE VIEW w AS SELECT k FROM lhs;

DROP TABLE w;

SELECT * FROM lhs;
