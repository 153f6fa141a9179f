-- about: two queries over partitions of one table
-- mode: both
-- compare: rows
-- inputs: sales

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
SELECT id FROM sales WHERE region = 'us' UNION ALL SELECT id + 100 FROM sales WHERE `day` = '2024-01-05';
