-- about: rows by the file that they are in
-- mode: both
-- compare: rows
-- inputs: sales

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING, file_name STRING NOT NULL METADATA FROM 'file.name', `file.size` BIGINT METADATA, written TIMESTAMP_LTZ(3) METADATA FROM 'file.modification-time' VIRTUAL, file_path STRING METADATA FROM 'file.path') PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
SELECT `day`, region, MAX(`file.size`) AS size, COUNT(*) AS n FROM sales WHERE file_name = 'part-0.ndjson' GROUP BY `day`, region;
