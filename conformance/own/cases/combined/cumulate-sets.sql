-- about: cumulating windows with GROUPING SETS and GROUPING()
-- mode: both
-- compare: rows
-- inputs: ticks.ndjson

CREATE TABLE ticks (
  symbol STRING, price INT, tax INT, volume BIGINT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ticks.ndjson',
  'format' = 'json'
);

SELECT window_start, window_end, symbol, price > 15 AS high, COUNT(*) AS c, SUM(volume) AS v, GROUPING(symbol) AS g
FROM CUMULATE(TABLE ticks, DESCRIPTOR(ts), INTERVAL '20' SECOND, INTERVAL '1' MINUTE)
GROUP BY window_start, window_end, GROUPING SETS ((symbol, price > 15), (symbol), ());
