-- about: ddl alter view
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE VIEW w AS SELECT k FROM lhs;

ALTER VIEW w RENAME TO w2;

ALTER VIEW w2 AS SELECT v FROM lhs;

SELECT * FROM w2;
