-- about: tumbling windows with a negative offset
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

SELECT window_start, window_end, COUNT(*) AS c FROM TUMBLE(TABLE ticks, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '-7' SECOND) GROUP BY window_start, window_end;
