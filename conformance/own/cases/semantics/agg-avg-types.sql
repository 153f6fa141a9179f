-- about: agg-avg-types
-- mode: both
-- compare: rows
-- inputs: numbers.ndjson

CREATE TABLE numbers (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(20, 4)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/numbers.ndjson', 'format' = 'json');

SELECT AVG(ti) AS a1, AVG(si) AS a2, AVG(i) AS a3, AVG(l) AS a4, AVG(f) AS a5, AVG(d) AS a6, AVG(p) AS a7, AVG(q) AS a8 FROM numbers;
