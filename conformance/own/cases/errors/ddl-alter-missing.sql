-- about: ddl alter missing
-- mode: streaming
-- compare: error
-- inputs: 

ALTER TABLE nope SET ('a'='b');

SELECT 1;
