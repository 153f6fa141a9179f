-- about: result schema of exists
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

SELECT user_id, amount FROM activity a WHERE EXISTS (SELECT 1 FROM activity b WHERE b.user_id = a.user_id AND b.amount > 30);
