-- about: Top-N of cumulating windows
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

SELECT window_start, window_end, symbol, v, rn FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY v DESC, symbol) AS rn FROM (
    SELECT window_start, window_end, symbol, SUM(volume) AS v FROM CUMULATE(TABLE ticks, DESCRIPTOR(ts), INTERVAL '15' SECOND, INTERVAL '45' SECOND) GROUP BY window_start, window_end, symbol
  )
) WHERE rn <= 2;
