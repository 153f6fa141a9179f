-- about: COALESCE of FLOAT and DOUBLE
-- mode: both
-- compare: rows
-- inputs: numbers.ndjson

CREATE TABLE numbers (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(20, 4)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/numbers.ndjson',
  'format' = 'json'
);

SELECT id, COALESCE(f, d) AS a, CASE WHEN id > 5 THEN f ELSE d END AS b, IFNULL(f, d) AS c, IF(id > 5, f, d) AS e, f + d AS g, COALESCE(d, f) AS h, COALESCE(p, f) AS i2, COALESCE(l, f) AS j, GREATEST(f, d) AS g2, NULLIF(f, d) AS n FROM numbers;
