-- about: metadata converted to the declared type
-- mode: both
-- compare: rows
-- inputs: sales

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING, size STRING METADATA FROM 'file.size') PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
SELECT id, size FROM sales WHERE id < 4;
