-- about: a table dropped that does not exist
-- mode: streaming
-- compare: error
-- inputs: 

DROP TABLE nothing;

SELECT 1;
