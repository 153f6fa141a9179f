-- about: ddl alter modify
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

ALTER TABLE lhs MODIFY (k BIGINT AFTER v);

SELECT * FROM lhs;
