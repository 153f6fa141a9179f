-- about: agg-expr-key
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT CASE WHEN a IS NULL THEN 'none' WHEN a > 2 THEN 'big' ELSE 'small' END AS c, COUNT(*) AS n FROM nulls GROUP BY CASE WHEN a IS NULL THEN 'none' WHEN a > 2 THEN 'big' ELSE 'small' END;
