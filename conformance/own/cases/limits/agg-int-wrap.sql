-- about: sum of INT wraps, average
-- mode: both
-- compare: rows
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

SELECT k, SUM(v) AS s, AVG(v) AS a, SUM(CAST(v AS BIGINT)) AS l, AVG(CAST(v AS DOUBLE)) AS d, SUM(v) FILTER (WHERE ok) AS f FROM ev GROUP BY k;
