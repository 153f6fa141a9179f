-- about: DECIMALs through aggregates: types and rounding
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

SELECT SUM(p) AS sp, AVG(p) AS ap, SUM(p * q) AS spq, AVG(p * 1.5) AS ap2, MAX(p / 3) AS mp, SUM(p) / COUNT(p) AS ratio, SUM(CAST(p AS DECIMAL(5, 1))) AS small, COUNT(CAST(p AS DECIMAL(5, 1))) AS fit FROM numbers;
