-- about: ddl database drop missing
-- mode: streaming
-- compare: error
-- inputs: 

DROP DATABASE d1;

SELECT 1;
