-- about: result schema of names
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

SELECT user_id, user_id, amount + 1, COUNT(*), t.* FROM (SELECT user_id, amount, 1 FROM activity) t GROUP BY user_id, amount, EXPR$2;
