-- about: casts of columns between numeric types
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

SELECT id, CAST(l AS INT) AS a, CAST(d AS BIGINT) AS b, CAST(q AS DECIMAL(10, 1)) AS c, CAST(p AS INT) AS e, CAST(f AS DECIMAL(12, 4)) AS g, CAST(i AS STRING) AS h, CAST(si AS TINYINT) AS j FROM numbers;
