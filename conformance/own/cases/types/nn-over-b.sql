-- about: result schema of nn-over-b
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

SELECT user_id, SUM(amount) OVER w AS s, MAX(amount) OVER w AS m, COUNT(*) OVER w AS c, AVG(d) OVER w AS av, MIN(ts) OVER w AS mt, RANK() OVER w AS r FROM a WINDOW w AS (PARTITION BY user_id ORDER BY ts);
