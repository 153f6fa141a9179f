-- about: result schema of nn-win
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

SELECT window_start, window_end, SUM(amount) AS s, SUM(d) AS sd, SUM(de) AS sde, AVG(amount) AS av, AVG(d) AS ad, AVG(de) AS ade, MIN(amount) AS mi, MAX(user_id) AS ma, COUNT(amount) AS c, COUNT(DISTINCT amount) AS cd, SUM(DISTINCT amount) AS sdi, STDDEV_POP(d) AS sp, STDDEV_SAMP(d) AS ss, VAR_POP(d) AS vp, VAR_SAMP(d) AS vs, SUM(amount) FILTER (WHERE amount > 20) AS fs, MAX(amount) FILTER (WHERE amount > 20) AS fm, COUNT(*) FILTER (WHERE amount > 20) AS fc FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '1' HOUR)) GROUP BY window_start, window_end;
