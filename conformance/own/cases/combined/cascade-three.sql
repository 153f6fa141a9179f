-- about: three levels of windows
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

CREATE VIEW a AS SELECT symbol, window_time AS t, SUM(volume) AS v FROM TUMBLE(TABLE ticks, DESCRIPTOR(ts), INTERVAL '5' SECOND) GROUP BY symbol, window_start, window_end, window_time;

CREATE VIEW b AS SELECT symbol, window_time AS t, MAX(v) AS v FROM TUMBLE(TABLE a, DESCRIPTOR(t), INTERVAL '15' SECOND) GROUP BY symbol, window_start, window_end, window_time;

SELECT window_start, COUNT(*) AS c, SUM(v) AS s FROM TUMBLE(TABLE b, DESCRIPTOR(t), INTERVAL '30' SECOND) GROUP BY window_start, window_end;
