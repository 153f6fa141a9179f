-- about: float-compare
-- mode: both
-- compare: rows
-- inputs: numbers.ndjson

CREATE TABLE numbers (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(20, 4)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/numbers.ndjson', 'format' = 'json');

SELECT id, f = d AS a, f < d AS b, CAST(d AS FLOAT) AS c, CAST(f AS DOUBLE) AS e, d / 0.1 AS g, CAST(d AS DECIMAL(12, 3)) AS h, CAST(f AS STRING) AS s FROM numbers;
