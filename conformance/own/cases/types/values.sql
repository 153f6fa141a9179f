-- about: result schema of values
-- mode: both
-- compare: rows
-- inputs: activity.ndjson

CREATE TABLE activity (
  user_id STRING, action STRING, amount INT, ts TIMESTAMP(3),
  lts AS CAST(ts AS TIMESTAMP_LTZ(3)),
  pt AS PROCTIME(),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/activity.ndjson',
  'format' = 'json'
);

SELECT * FROM (VALUES (1, 'a', TIMESTAMP '2024-01-01 00:00:00', 1.5), (2, 'bcd', TIMESTAMP '2024-01-01 00:00:00.5', 22.55)) AS t(a, b, c, d);
