-- about: ddl ctas temporary
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TEMPORARY TABLE s WITH ('connector'='blackhole') AS SELECT k FROM lhs;

SELECT 1;
