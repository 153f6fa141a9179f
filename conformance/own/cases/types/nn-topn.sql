-- about: result schema of nn-topn
-- mode: streaming
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

SELECT user_id, amount, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY amount DESC, action, ts) AS rn FROM a) WHERE rn <= 2;
