-- about: result schema of setop-null
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

SELECT 1 AS a, 'abc' AS b FROM activity UNION ALL SELECT amount, user_id FROM activity UNION ALL SELECT 2.5, CAST(NULL AS STRING) FROM activity;
