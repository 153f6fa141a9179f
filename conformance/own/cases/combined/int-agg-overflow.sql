-- about: sums of small integers, their types and wraps
-- mode: both
-- compare: error
-- inputs: numbers.ndjson

CREATE TABLE numbers (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(20, 4)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/numbers.ndjson',
  'format' = 'json'
);

SELECT SUM(ti) AS st, SUM(si) AS ss, SUM(i) AS si2, SUM(CAST(i AS BIGINT)) AS sb, AVG(ti) AS at, AVG(i) AS ai, SUM(f) AS sf, AVG(f) AS af, SUM(ti) + SUM(si) AS tt, MAX(l) AS ml, COUNT(DISTINCT l) AS dl FROM numbers;
