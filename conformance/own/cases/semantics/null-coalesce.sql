-- about: null-coalesce
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id, COALESCE(a, b, -1) AS c, NULLIF(a, b) AS n, IFNULL(s, 'none') AS s2, a + b AS p, a = b AS e, a <> b AS ne, a IS DISTINCT FROM b AS df, s || 'x' AS sx FROM nulls;
