-- about: result schema of nn-lead
-- mode: batch
-- compare: rows
-- inputs: activity.ndjson

CREATE TABLE a (
  user_id STRING NOT NULL, action STRING NOT NULL, amount INT NOT NULL, ts TIMESTAMP(3),
  d AS CAST(amount AS DOUBLE), de AS CAST(amount AS DECIMAL(10, 2)),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/activity.ndjson',
  'format' = 'json'
);

SELECT user_id, LAG(amount) OVER w AS s, LEAD(amount, 1, 0) OVER w AS m, FIRST_VALUE(amount) OVER w AS fv FROM a WINDOW w AS (PARTITION BY user_id ORDER BY ts, amount);
