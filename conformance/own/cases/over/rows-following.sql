-- about: ROWS with FOLLOWING
-- mode: batch
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, ts, SUM(price) OVER (PARTITION BY symbol ORDER BY ts ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING) AS a, SUM(price) OVER (PARTITION BY symbol ORDER BY ts ROWS BETWEEN 2 FOLLOWING AND UNBOUNDED FOLLOWING) AS b, MAX(price) OVER (PARTITION BY symbol ORDER BY ts ROWS BETWEEN 4 PRECEDING AND 2 PRECEDING) AS c, COUNT(*) OVER (PARTITION BY symbol ORDER BY ts ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING) AS d FROM ticks;
