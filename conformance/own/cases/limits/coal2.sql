-- about: set operations of FLOAT and DOUBLE
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

SELECT f FROM numbers UNION ALL SELECT d FROM numbers;
