-- about: ddl if not exists
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE IF NOT EXISTS lhs (z INT) WITH ('connector'='blackhole');

SELECT * FROM lhs;
