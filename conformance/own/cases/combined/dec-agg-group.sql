-- about: DECIMAL aggregates by a group, and arithmetic between them
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

SELECT MOD(id, 4) AS g, SUM(p) - SUM(q) AS d, SUM(p) * 2 AS d2, AVG(q) + AVG(p) AS a, MIN(p) / MAX(q) AS r, ROUND(AVG(q), 2) AS ro, CAST(SUM(q) AS DECIMAL(12, 1)) AS c, -SUM(p) AS neg, ABS(MIN(q)) AS ab FROM numbers GROUP BY MOD(id, 4);
