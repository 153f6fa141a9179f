-- about: partitions of both sides of a join
-- mode: both
-- compare: rows
-- inputs: sales

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
SELECT a.id, b.id AS other FROM sales AS a JOIN sales AS b ON a.region = b.region WHERE a.`day` = '2024-01-01' AND b.`day` = '2024-01-02';
