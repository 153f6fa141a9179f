-- about: ddl write datagen
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE g (a INT) WITH ('connector'='datagen');

INSERT INTO g SELECT k FROM lhs;
