-- about: ddl use catalog missing
-- mode: streaming
-- compare: error
-- inputs: 

USE CATALOG nocat;

SELECT 1;
