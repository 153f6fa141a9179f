-- about: aggregates by partition
-- mode: both
-- compare: rows
-- inputs: sales

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
SELECT `day`, COUNT(*) AS n, SUM(amount) AS total, COUNT(DISTINCT region) AS regions FROM sales GROUP BY `day`;
