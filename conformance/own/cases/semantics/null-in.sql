-- about: null-in
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id, a IN (1, 2, NULL) AS x, a NOT IN (1, 2) AS y, b BETWEEN a AND 5 AS z, NOT flag AS nf, flag AND a > 1 AS fa, flag OR a > 1 AS fo FROM nulls;
