-- about: PARTITION of a column that the table is not partitioned by
-- mode: batch
-- compare: error
-- mention: id partition

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
CREATE TABLE o (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '/nowhere', 'format' = 'json');
EXPLAIN INSERT INTO o PARTITION (id = 3) SELECT amount, `day`, region FROM sales;
SELECT 1 AS x;
