-- about: metadata that files do not have
-- mode: streaming
-- compare: error
-- mention: file.pth

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING, f STRING METADATA FROM 'file.pth') PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales', 'format' = 'json');
SELECT * FROM sales;
