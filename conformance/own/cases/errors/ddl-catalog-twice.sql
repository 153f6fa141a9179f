-- about: ddl catalog twice
-- mode: streaming
-- compare: error
-- inputs: 

CREATE CATALOG c1 WITH ('type'='generic_in_memory');

CREATE CATALOG c1 WITH ('type'='generic_in_memory');

SELECT 1;
