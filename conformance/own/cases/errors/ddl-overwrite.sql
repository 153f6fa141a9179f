-- about: ddl overwrite
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE s (a INT) WITH ('connector'='blackhole');

INSERT OVERWRITE s SELECT k FROM lhs;
