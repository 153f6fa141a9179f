-- about: PARTITION of a column that is not there
-- mode: batch
-- compare: error
-- mention: nope

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
CREATE TABLE o (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '/nowhere', 'format' = 'json');
EXPLAIN INSERT INTO o PARTITION (nope = 'x') SELECT id, amount, `day` FROM sales;
SELECT 1 AS x;
