-- about: divisions of columns
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

SELECT id, i / 7 AS a, l / NULLIF(si, 0) AS b, p / 3 AS c, q / p AS e, d / 0 AS g FROM numbers WHERE p <> 0 OR p IS NULL;
