-- about: columns of partitions stand anywhere
-- mode: both
-- compare: rows
-- inputs: sales

CREATE TABLE sales (region STRING, id INT, `day` STRING, amount INT) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
SELECT * FROM sales;
