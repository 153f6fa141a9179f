-- about: aggregates of NULLs by a NULL key, with FILTER
-- mode: both
-- compare: error
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/nulls.ndjson',
  'format' = 'json'
);

SELECT flag, COUNT(*) AS c, COUNT(a) AS ca, SUM(a) AS sa, AVG(d) AS ad, MIN(s) AS ms, MAX(flag) AS mf, SUM(a) FILTER (WHERE b > 0) AS sf, COUNT(DISTINCT s) AS ds, BOOL_AND(a > 1) AS ba FROM nulls GROUP BY flag;
