-- about: ddl use missing
-- mode: streaming
-- compare: error
-- inputs: 

USE nodb;

SELECT 1;
