-- about: ddl ctas exists
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE lhs WITH ('connector'='blackhole') AS SELECT 1 AS x;

SELECT 1;
