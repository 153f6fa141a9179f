-- about: ddl drop current catalog
-- mode: streaming
-- compare: error
-- inputs: 

DROP CATALOG default_catalog;

SELECT 1;
