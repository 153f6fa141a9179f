-- about: ROLLUP over nothing
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT a, COUNT(*) AS n FROM nulls WHERE id > 1000 GROUP BY ROLLUP (a);
