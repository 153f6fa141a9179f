-- about: ddl like bad option
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE t (a INT) LIKE lhs (OVERWRITING CONSTRAINTS);

SELECT 1;
