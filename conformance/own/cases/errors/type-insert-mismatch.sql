-- about: type insert mismatch
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE s (a INT) WITH ('connector'='blackhole');

INSERT INTO s SELECT v FROM lhs;
