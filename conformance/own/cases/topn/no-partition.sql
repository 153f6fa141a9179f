-- about: no partition
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, volume, ts, rn FROM (SELECT *, ROW_NUMBER() OVER (ORDER BY volume DESC, ts, symbol) AS rn FROM ticks) WHERE rn <= 7;
