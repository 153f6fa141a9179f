-- about: result schema of win-expr
-- mode: both
-- compare: rows
-- inputs: activity.ndjson

CREATE TABLE activity (
  user_id STRING, action STRING, amount INT, ts TIMESTAMP(3),
  lts AS CAST(ts AS TIMESTAMP_LTZ(3)),
  pt AS PROCTIME(),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/activity.ndjson',
  'format' = 'json'
);

SELECT window_time, ts, window_time + INTERVAL '1' SECOND AS w2, COALESCE(window_time, ts) AS c, CASE WHEN amount > 1 THEN ts END AS ca, CASE WHEN amount > 1 THEN ts ELSE ts END AS cb FROM TABLE(TUMBLE(TABLE activity, DESCRIPTOR(ts), INTERVAL '1' HOUR));
