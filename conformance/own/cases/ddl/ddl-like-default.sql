-- about: ddl like default
-- mode: both
-- compare: rows
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE r2 WITH ('path'='${DATA}/right.ndjson') LIKE lhs;

SELECT * FROM r2;
