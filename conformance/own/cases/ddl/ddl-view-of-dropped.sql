-- about: ddl view of dropped
-- mode: both
-- compare: rows
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE VIEW w AS SELECT k AS a FROM lhs;

DROP TABLE lhs;

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/right.ndjson','format'='json');

SELECT * FROM w;
