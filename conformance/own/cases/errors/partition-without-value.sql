-- about: PARTITION without a value
-- mode: batch
-- compare: error

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
CREATE TABLE o (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '/nowhere', 'format' = 'json');
EXPLAIN INSERT INTO o PARTITION (region) SELECT * FROM sales;
SELECT 1 AS x;
