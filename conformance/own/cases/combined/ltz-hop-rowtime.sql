-- about: window_time of LTZ windows used in OVER
-- mode: both
-- compare: error
-- inputs: activity.ndjson

SET 'table.local-time-zone' = 'America/New_York';

CREATE TABLE activity (
  user_id STRING, action STRING, amount INT, ts TIMESTAMP(3),
  lts AS CAST(ts AS TIMESTAMP_LTZ(3)),
  WATERMARK FOR lts AS lts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/activity.ndjson',
  'format' = 'json'
);

SELECT user_id, window_time, c, SUM(c) OVER (PARTITION BY user_id ORDER BY window_time) AS running FROM (SELECT user_id, window_time, COUNT(*) AS c FROM TUMBLE(TABLE activity, DESCRIPTOR(lts), INTERVAL '30' SECOND) GROUP BY user_id, window_start, window_end, window_time);
