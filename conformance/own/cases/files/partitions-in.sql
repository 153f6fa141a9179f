-- about: IN, BETWEEN and LIKE on partitions
-- mode: both
-- compare: rows
-- inputs: sales

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
SELECT id, region FROM sales WHERE (`day` IN ('2024-01-01', '2024-01-05') OR `day` BETWEEN '2024-01-02' AND '2024-01-02') AND region LIKE '%u%';
