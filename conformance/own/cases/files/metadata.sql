-- about: what is known of files
-- mode: both
-- compare: rows
-- inputs: sales

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING, file_name STRING NOT NULL METADATA FROM 'file.name', `file.size` BIGINT METADATA, written TIMESTAMP_LTZ(3) METADATA FROM 'file.modification-time' VIRTUAL, file_path STRING METADATA FROM 'file.path') PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
SELECT id, file_name, `file.size`, written > TIMESTAMP '2000-01-01 00:00:00' AS is_known, file_path LIKE '%/sales/day=%' AS is_below FROM sales;
