-- about: ddl like generated
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE b (k INT, v STRING, c AS k + 1) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE t (c AS k + 2) LIKE b (OVERWRITING GENERATED);

SELECT * FROM t;
