-- about: ddl describe missing
-- mode: streaming
-- compare: error
-- inputs: 

DESCRIBE nope;

SELECT 1;
