-- about: ddl row duplicate field
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE t (k INT, r ROW<a INT, a INT>) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
