-- about: session windows with a rollup
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

SELECT window_start, window_end, user_id, action, COUNT(*) AS c FROM SESSION(TABLE activity PARTITION BY user_id, DESCRIPTOR(ts), INTERVAL '10' SECOND) GROUP BY window_start, window_end, user_id, action;
