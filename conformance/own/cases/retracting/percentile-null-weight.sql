-- about: PERCENTILE with a frequency that is NULL
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT s, PERCENTILE(a, 0.3, b) AS p, PERCENTILE(a, 0.5, 0) AS z FROM nulls WHERE b >= 0 OR b IS NULL GROUP BY s;
