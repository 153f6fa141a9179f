-- about: result schema of win-top
-- mode: both
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

SELECT * FROM (SELECT window_start, window_end, window_time, user_id, lts, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY amount DESC, lts, user_id) AS rn FROM TABLE(TUMBLE(TABLE activity, DESCRIPTOR(lts), INTERVAL '1' HOUR))) WHERE rn <= 1;
