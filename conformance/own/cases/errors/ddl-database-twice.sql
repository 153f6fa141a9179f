-- about: ddl database twice
-- mode: streaming
-- compare: error
-- inputs: 

CREATE DATABASE d1;

CREATE DATABASE d1;

SELECT 1;
