-- about: ddl show create missing
-- mode: streaming
-- compare: error
-- inputs: 

SHOW CREATE TABLE nope;

SELECT 1;
