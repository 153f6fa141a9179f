-- about: ddl create in missing db
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE nodb.t (a INT) WITH ('connector'='blackhole');

SELECT 1;
