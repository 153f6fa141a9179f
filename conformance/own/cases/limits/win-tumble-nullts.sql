-- about: tumbling windows over rows whose time is NULL
-- mode: streaming
-- compare: error
-- inputs: evz.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/evz.ndjson',
  'format' = 'json'
);

SELECT window_start, window_end, COUNT(*) AS c, SUM(v) AS s FROM TUMBLE(TABLE ev, DESCRIPTOR(ts), INTERVAL '10' SECOND) GROUP BY window_start, window_end;
