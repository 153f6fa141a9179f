-- about: result schema of nn-left
-- mode: both
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

SELECT a.user_id, b.amount, b.amount + 1 AS p, COALESCE(b.amount, 0) AS z FROM a LEFT JOIN (SELECT user_id, amount FROM a WHERE amount > 30) b ON a.user_id = b.user_id AND a.amount = b.amount;
