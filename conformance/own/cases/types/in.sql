-- about: result schema of in
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

SELECT user_id, ts FROM activity WHERE user_id IN (SELECT user_id FROM activity WHERE amount > 10);
