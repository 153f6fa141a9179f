-- about: result schema of full-join
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

SELECT a.user_id, a.c, b.user_id AS bu, b.m, COALESCE(a.user_id, b.user_id) AS u FROM (SELECT user_id, COUNT(*) AS c FROM activity GROUP BY user_id) a FULL JOIN (SELECT user_id, MAX(amount) AS m FROM activity WHERE amount > 20 GROUP BY user_id) b ON a.user_id = b.user_id;
