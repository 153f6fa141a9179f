-- about: groups of NaN and infinities
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

SELECT x, COUNT(*) AS c FROM (SELECT CASE WHEN id < 5 THEN CAST('NaN' AS DOUBLE) WHEN id < 9 THEN CAST('Infinity' AS DOUBLE) ELSE 0e0 END AS x FROM numbers) GROUP BY x;
