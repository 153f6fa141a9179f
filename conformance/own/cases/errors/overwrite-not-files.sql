-- about: INSERT OVERWRITE of a connector that only adds
-- mode: batch
-- compare: error
-- mention: OVERWRITE

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
CREATE TABLE b (id INT) WITH ('connector' = 'blackhole');
EXPLAIN INSERT OVERWRITE b SELECT id FROM sales;
SELECT 1 AS x;
