-- about: agg-bool
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT flag, COUNT(*) AS n, COUNT(flag) AS c, MIN(s) AS lo, MAX(s) AS hi FROM nulls GROUP BY flag;
