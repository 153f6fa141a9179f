-- about: result schema of over
-- mode: streaming
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

SELECT ts, MAX(ts) OVER w AS m, LAG(ts) OVER w AS l, SUM(amount) OVER w AS s FROM activity WINDOW w AS (PARTITION BY user_id ORDER BY ts);
