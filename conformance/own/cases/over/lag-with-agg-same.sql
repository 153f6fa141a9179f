-- about: LAG beside an aggregate over the same window
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/ticks.ndjson', 'format' = 'json');

SELECT symbol, LAG(price) OVER w AS l, SUM(price) OVER w AS s, COUNT(*) OVER w AS n FROM ticks WINDOW w AS (PARTITION BY symbol ORDER BY ts);
