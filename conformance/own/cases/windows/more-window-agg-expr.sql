-- about: expressions over windows and aggregates
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

SELECT DATE_FORMAT(window_start, 'HH:mm:ss') AS w, TIMESTAMPDIFF(SECOND, window_start, window_end) AS len, MAX(v) - MIN(v) AS spread, CAST(AVG(CAST(id AS DOUBLE)) AS DECIMAL(10, 2)) AS a, CASE WHEN COUNT(*) > 5 THEN 'busy' ELSE 'calm' END AS k FROM TUMBLE(TABLE ev, DESCRIPTOR(ts), INTERVAL '30' SECOND) GROUP BY window_start, window_end;
