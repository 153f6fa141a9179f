-- about: ddl function drop
-- mode: streaming
-- compare: error
-- inputs: 

DROP FUNCTION nofun;

SELECT 1;
