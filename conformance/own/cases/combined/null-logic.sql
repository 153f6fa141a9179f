-- about: three-valued logic over columns
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

SELECT id, flag AND a > 1 AS x1, flag OR a > 1 AS x2, NOT flag AS x3, flag IS NOT TRUE AS x4, (a > b) IS UNKNOWN AS x5, a IN (1, 2, CAST(NULL AS INT)) AS x6, a NOT IN (1, 2) AS x7, a BETWEEN b AND 3 AS x8, s = '' AS x9, a IS DISTINCT FROM b AS y1, a BETWEEN SYMMETRIC 3 AND 1 AS y2, s LIKE '%' AS y3 FROM nulls;
