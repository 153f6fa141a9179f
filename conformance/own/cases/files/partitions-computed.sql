-- about: conditions on what is computed of partitions
-- mode: both
-- compare: rows
-- inputs: sales

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
SELECT id, place FROM (SELECT id, UPPER(region) AS place, SUBSTRING(`day`, 9) AS d FROM sales) WHERE place <> 'US' AND d >= '02';
