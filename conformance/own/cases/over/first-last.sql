-- about: FIRST_VALUE and LAST_VALUE
-- mode: batch
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, price, FIRST_VALUE(price) OVER (PARTITION BY symbol ORDER BY ts) AS f, LAST_VALUE(price) OVER (PARTITION BY symbol ORDER BY ts) AS l, FIRST_VALUE(price) OVER (PARTITION BY symbol ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS f2 FROM ticks;
