-- about: ddl datagen option
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE g (a INT) WITH ('connector'='datagen','number-of-rows'='3','fields.zz.min'='1');

SELECT * FROM g;
