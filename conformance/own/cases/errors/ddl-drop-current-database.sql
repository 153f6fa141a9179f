-- about: ddl drop current database
-- mode: streaming
-- compare: error
-- inputs: 

DROP DATABASE default_database;

SELECT 1;
