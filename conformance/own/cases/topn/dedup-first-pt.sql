-- about: keep the first by processing time
-- mode: streaming
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE pt (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3), pt AS PROCTIME()
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, price, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY pt) AS rn FROM pt) WHERE rn = 1;
