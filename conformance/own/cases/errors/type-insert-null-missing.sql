-- about: type insert null missing
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE s (a INT NOT NULL, b STRING) WITH ('connector'='blackhole');

INSERT INTO s (b) SELECT v FROM lhs;
