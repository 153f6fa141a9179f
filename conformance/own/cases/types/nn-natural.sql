-- about: result schema of nn-natural
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

SELECT * FROM (SELECT DISTINCT user_id FROM a) x NATURAL JOIN (SELECT user_id, amount FROM a) y;
