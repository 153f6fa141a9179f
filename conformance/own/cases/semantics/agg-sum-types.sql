-- about: agg-sum-types
-- mode: both
-- compare: rows
-- inputs: numbers.ndjson

CREATE TABLE numbers (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(20, 4)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/numbers.ndjson', 'format' = 'json');

SELECT SUM(ti) AS a1, SUM(si) AS a2, SUM(l) AS a4, SUM(p) AS a7, SUM(q) AS a8, SUM(DISTINCT ti) AS dt FROM numbers;
