-- about: result schema of session
-- mode: streaming
-- compare: rows
-- inputs: activity.ndjson

SET 'table.local-time-zone' = 'America/St_Johns';

CREATE TABLE activity (
  user_id STRING, action STRING, amount INT, ts TIMESTAMP(3),
  lts AS CAST(ts AS TIMESTAMP_LTZ(3)),
  pt AS PROCTIME(),
  WATERMARK FOR lts AS lts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/activity.ndjson',
  'format' = 'json'
);

SELECT user_id, window_start, window_end, window_time, MIN(lts) AS mn FROM TABLE(SESSION(TABLE activity PARTITION BY user_id, DESCRIPTOR(lts), INTERVAL '10' MINUTE)) GROUP BY user_id, window_start, window_end, window_time;
