-- about: cumulating windows with CUBE over two expressions
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

SELECT window_end, symbol, tax, MAX(price) AS m, GROUPING_ID(symbol, tax) AS gi
FROM CUMULATE(TABLE ticks, DESCRIPTOR(ts), INTERVAL '30' SECOND, INTERVAL '2' MINUTE)
GROUP BY window_start, window_end, CUBE (symbol, tax);
