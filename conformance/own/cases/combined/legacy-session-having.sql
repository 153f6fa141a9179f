-- about: legacy session windows with HAVING and rowtime
-- mode: streaming
-- compare: rows
-- inputs: activity.ndjson

CREATE TABLE activity (
  user_id STRING, action STRING, amount INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/activity.ndjson',
  'format' = 'json'
);

SELECT user_id, SESSION_START(ts, INTERVAL '8' SECOND) AS s, SESSION_END(ts, INTERVAL '8' SECOND) AS e, SESSION_ROWTIME(ts, INTERVAL '8' SECOND) AS r, SUM(amount) AS a
FROM activity GROUP BY user_id, SESSION(ts, INTERVAL '8' SECOND) HAVING COUNT(*) > 1;
