-- about: CSV has no fields for the columns of its folders
-- mode: both
-- compare: rows
-- inputs: sales

CREATE TABLE sales (id INT, amount INT, `day` STRING, region STRING) PARTITIONED BY (`day`, region) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales-csv', 'format' = 'csv');
SELECT * FROM sales;
