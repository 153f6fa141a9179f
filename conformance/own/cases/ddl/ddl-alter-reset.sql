-- about: ddl alter reset
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE t (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json','nope'='1');

ALTER TABLE t RESET ('nope');

SELECT * FROM t;
