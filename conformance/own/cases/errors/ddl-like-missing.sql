-- about: ddl like missing
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE t (a INT) LIKE nope;

SELECT 1;
