-- about: ddl sink update
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE s (k INT, c BIGINT) WITH ('connector'='filesystem','path'='zz','format'='json');

INSERT INTO s SELECT k, COUNT(*) FROM lhs GROUP BY k;
