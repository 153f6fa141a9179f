-- about: ddl alter view missing
-- mode: streaming
-- compare: error
-- inputs: 

ALTER VIEW nope RENAME TO x;

SELECT 1;
