-- about: types of CASE, COALESCE, NULLIF and IF
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/nulls.ndjson',
  'format' = 'json'
);

SELECT id, CASE WHEN a > 2 THEN a END AS c1, CASE WHEN a > 2 THEN 1 ELSE CAST(2 AS TINYINT) END AS c2, COALESCE(a, b, -1) AS c3, COALESCE(s, 'none') AS c4, NULLIF(s, 'x') AS c5, IFNULL(d, 0) AS c6, IF(flag, 'yes', 'no') AS c7, CASE WHEN flag IS UNKNOWN THEN 0 WHEN flag THEN 1 ELSE -1 END AS c8, COALESCE(CAST(a AS BIGINT), d) AS c9 FROM nulls;
