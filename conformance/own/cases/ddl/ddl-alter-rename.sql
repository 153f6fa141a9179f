-- about: ddl alter rename
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

ALTER TABLE lhs RENAME TO l2;

SELECT * FROM l2;
