-- about: result schema of over-lead (in batch mode Flink cannot plan it)
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

SELECT lts, LAG(lts, 1) OVER (PARTITION BY user_id ORDER BY lts) AS l FROM activity;
