-- about: result schema of legacy
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

SELECT user_id, TUMBLE_START(lts, INTERVAL '1' HOUR) AS s, TUMBLE_END(lts, INTERVAL '1' HOUR) AS e, TUMBLE_ROWTIME(lts, INTERVAL '1' HOUR) AS r, MAX(lts) AS mx FROM activity GROUP BY user_id, TUMBLE(lts, INTERVAL '1' HOUR);
