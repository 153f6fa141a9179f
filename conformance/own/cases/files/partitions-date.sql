-- about: folders of a DATE
-- mode: both
-- compare: rows
-- inputs: sales

CREATE TABLE sales (id INT, amount INT, `day` DATE, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
SELECT id, `day`, region FROM sales WHERE `day` > DATE '2024-01-01' AND `day` < DATE '2024-01-05';
