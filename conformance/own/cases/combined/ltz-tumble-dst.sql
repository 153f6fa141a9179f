-- about: daily windows of TIMESTAMP_LTZ in a zone far from UTC, and the text of their bounds
-- mode: both
-- compare: rows
-- inputs: activity.ndjson

SET 'table.local-time-zone' = 'Asia/Kathmandu';

CREATE TABLE activity (
  user_id STRING, action STRING, amount INT, ts TIMESTAMP(3),
  lts AS CAST(ts AS TIMESTAMP_LTZ(3)),
  WATERMARK FOR lts AS lts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/activity.ndjson',
  'format' = 'json'
);

SELECT window_start, window_end, DATE_FORMAT(window_start, 'yyyy-MM-dd HH:mm') AS t, COUNT(*) AS c, MIN(lts) AS first_seen, CAST(MAX(lts) AS STRING) AS last_seen FROM TUMBLE(TABLE activity, DESCRIPTOR(lts), INTERVAL '1' DAY) GROUP BY window_start, window_end;
