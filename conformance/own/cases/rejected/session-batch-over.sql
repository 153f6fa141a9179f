-- about: a session window without its gap
-- mode: both
-- compare: error
-- inputs: activity.ndjson

CREATE TABLE activity (
  user_id STRING, action STRING, amount INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/activity.ndjson',
  'format' = 'json'
);

SELECT window_start, COUNT(*) FROM SESSION(TABLE activity, DESCRIPTOR(ts)) GROUP BY window_start, window_end;
