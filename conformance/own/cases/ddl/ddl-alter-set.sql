-- about: ddl alter set
-- mode: both
-- compare: rows
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

ALTER TABLE lhs SET ('path'='${DATA}/right.ndjson');

SELECT * FROM lhs;
