-- about: type insert computed
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE s (a INT, b AS a + 1) WITH ('connector'='blackhole');

INSERT INTO s (a, b) SELECT k, k FROM lhs;
