-- about: ddl alter add
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

ALTER TABLE lhs ADD (x INT FIRST, c AS k + 1 AFTER k);

SELECT * FROM lhs;
