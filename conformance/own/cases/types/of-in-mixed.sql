-- about: IN with constants of several types
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

SELECT id, i IN (1, 2.5, -1) AS a, d IN (1, 2) AS b, p IN (1.10, 2) AS c, ti IN (127, 45) AS e FROM numbers;
