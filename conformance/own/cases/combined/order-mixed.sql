-- about: ORDER BY several types with NULLs and expressions
-- mode: batch
-- compare: ordered
-- inputs: numbers.ndjson

CREATE TABLE numbers (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(20, 4)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/numbers.ndjson',
  'format' = 'json'
);

SELECT id, ti, p, ABS(i) AS a FROM numbers ORDER BY ti IS NULL, p DESC NULLS LAST, ABS(i), id;
