-- about: ddl ctas partition
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE s PARTITIONED BY (zz) WITH ('connector'='blackhole') AS SELECT k FROM lhs;

SELECT 1;
