-- about: ddl database drop full
-- mode: streaming
-- compare: error
-- inputs: 

CREATE DATABASE d1;

CREATE TABLE d1.t (a INT) WITH ('connector'='blackhole');

DROP DATABASE d1;

SELECT 1;
