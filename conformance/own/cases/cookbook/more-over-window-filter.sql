-- about: users who buy for a second time within ten seconds
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

SELECT * FROM (SELECT user_id, action, ts, COUNT(*) OVER (PARTITION BY user_id, action ORDER BY ts RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND CURRENT ROW) AS c FROM activity) WHERE action = 'buy' AND c >= 2;
