-- about: result schema of grouping-sets
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

SELECT user_id, action, COUNT(*) AS c, GROUPING(user_id) AS g, GROUPING_ID(user_id, action) AS gi FROM activity GROUP BY GROUPING SETS ((user_id), (action), ());
