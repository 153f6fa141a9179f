-- about: PERCENTILE with frequencies of zero
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT s, PERCENTILE(a, 0.5, MOD(id, 2)) AS p FROM nulls GROUP BY s;
