-- about: LAG by processing time
-- mode: streaming
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE pt (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3), pt AS PROCTIME()
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, price, LAG(price) OVER (PARTITION BY symbol ORDER BY pt) AS a FROM pt;
