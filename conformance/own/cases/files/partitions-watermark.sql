-- about: partitions below a watermark
-- mode: batch
-- compare: rows
-- inputs: sales

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING, ts AS CAST(`day` AS TIMESTAMP(3)), WATERMARK FOR ts AS ts) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
SELECT window_start, COUNT(*) AS n FROM TUMBLE(TABLE sales, DESCRIPTOR(ts), INTERVAL '1' DAY) WHERE region = 'eu' GROUP BY window_start, window_end;
