-- about: INSERT OVERWRITE of a stream
-- mode: streaming
-- compare: error
-- mention: OVERWRITE

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
CREATE TABLE o (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '/nowhere', 'format' = 'json');
EXPLAIN INSERT OVERWRITE o SELECT * FROM sales;
SELECT 1 AS x;
