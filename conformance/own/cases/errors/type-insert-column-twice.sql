-- about: type insert column twice
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE s (a INT, b STRING) WITH ('connector'='blackhole');

INSERT INTO s (a, a) SELECT k, k FROM lhs;
