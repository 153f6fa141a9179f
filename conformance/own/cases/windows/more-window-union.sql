-- about: two windowed aggregates in one result
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

SELECT 'short' AS w, window_start, COUNT(*) AS c FROM TUMBLE(TABLE ev, DESCRIPTOR(ts), INTERVAL '30' SECOND) GROUP BY window_start, window_end UNION ALL SELECT 'long', window_start, COUNT(*) FROM TUMBLE(TABLE ev, DESCRIPTOR(ts), INTERVAL '2' MINUTE) GROUP BY window_start, window_end;
