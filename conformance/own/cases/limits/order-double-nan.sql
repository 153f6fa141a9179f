-- about: ordering by doubles and floats
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

SELECT id, d, f FROM numbers ORDER BY f DESC NULLS LAST, d, id;
