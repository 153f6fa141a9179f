-- about: ddl catalog type
-- mode: streaming
-- compare: error
-- inputs: 

CREATE CATALOG c1 WITH ('type'='nope');

SELECT 1;
