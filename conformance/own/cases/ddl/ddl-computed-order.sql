-- about: ddl computed order
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE t (b AS k + 1, k INT, v STRING, c AS UPPER(v)) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
