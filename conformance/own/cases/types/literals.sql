-- about: result schema of literals
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

SELECT 1 AS i, 3000000000 AS b, 'x' AS c, 1.50 AS d, 1e2 AS f, TRUE AS t, DATE '2024-01-01' AS da, TIME '10:00:00' AS ti, TIMESTAMP '2024-01-01 10:00:00.123' AS ts, INTERVAL '1' DAY AS idd, INTERVAL '1-2' YEAR TO MONTH AS iy, INTERVAL '1 10:00' DAY TO MINUTE AS idm, X'0a' AS x, CAST(NULL AS INT) AS n, ARRAY[1, 2] AS ar, MAP['a', 1] AS ma, ROW(1, 'a') AS ro;
