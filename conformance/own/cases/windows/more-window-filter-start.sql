-- about: a filter on window_start below the aggregation
-- mode: streaming
-- compare: rows
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

SELECT window_start, COUNT(*) AS c FROM TUMBLE(TABLE ev, DESCRIPTOR(ts), INTERVAL '20' SECOND) WHERE window_start > TIMESTAMP '2024-03-01 12:01:00' GROUP BY window_start, window_end;
