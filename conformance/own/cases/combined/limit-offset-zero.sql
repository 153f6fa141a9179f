-- about: LIMIT with an OFFSET past most rows
-- mode: both
-- compare: ordered
-- inputs: numbers.ndjson

CREATE TABLE numbers (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(20, 4)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/numbers.ndjson',
  'format' = 'json'
);

SELECT id FROM numbers ORDER BY id DESC LIMIT 10 OFFSET 27;
