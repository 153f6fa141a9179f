-- about: ddl datagen range
-- mode: streaming
-- compare: error
-- inputs: 

CREATE TABLE g (a INT) WITH ('connector'='datagen','number-of-rows'='3','fields.a.kind'='nope');

SELECT * FROM g;
