-- about: tumbling windows by key with FILTER, over a filtered view
-- mode: both
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

CREATE VIEW e AS SELECT * FROM ev WHERE ts IS NOT NULL AND id < 200;

SELECT window_start, k, COUNT(*) FILTER (WHERE ok) AS c, AVG(v) AS a, MAX(amt) AS m, COUNT(DISTINCT big) AS d FROM TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '15' SECOND) GROUP BY window_start, window_end, k;
