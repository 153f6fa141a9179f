-- about: COALESCE, NULLIF and IFNULL of mixed numeric types
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

SELECT id, COALESCE(ti, si, i, l) AS a, COALESCE(p, q) AS b, NULLIF(i, 1) AS c, IFNULL(f, 0) AS d, COALESCE(f, d) AS e FROM numbers;
