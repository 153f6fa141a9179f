-- about: grouping by casts
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

SELECT CAST(d / 100000 AS INT) AS k, COUNT(*) AS c, SUM(CAST(p AS DOUBLE)) AS s FROM numbers GROUP BY CAST(d / 100000 AS INT);
