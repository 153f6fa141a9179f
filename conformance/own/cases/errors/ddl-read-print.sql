-- about: ddl read print
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE g (a INT) WITH ('connector'='print');

SELECT * FROM g;
