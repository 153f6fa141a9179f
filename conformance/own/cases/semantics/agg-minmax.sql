-- about: agg-minmax
-- mode: both
-- compare: rows
-- inputs: numbers.ndjson

CREATE TABLE numbers (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(20, 4)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/numbers.ndjson', 'format' = 'json');

SELECT MIN(ti) AS a, MAX(si) AS b, MIN(f) AS c, MAX(d) AS e, MIN(p) AS g, MAX(q) AS h FROM numbers;
