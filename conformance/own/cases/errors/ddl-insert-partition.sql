-- about: ddl insert partition
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE s (a INT, b STRING) WITH ('connector'='blackhole');

INSERT INTO s PARTITION (b='x') SELECT k FROM lhs;
