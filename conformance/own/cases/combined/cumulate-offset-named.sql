-- about: named arguments with an offset
-- mode: batch
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

SELECT window_start, window_end, symbol, COUNT(*) AS c FROM TABLE(CUMULATE(DATA => TABLE ticks, TIMECOL => DESCRIPTOR(ts), STEP => INTERVAL '20' SECOND, SIZE => INTERVAL '1' MINUTE, `OFFSET` => INTERVAL '10' SECOND)) GROUP BY window_start, window_end, symbol;
