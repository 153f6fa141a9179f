-- about: ORDER BY with NULLS FIRST and LAST over two keys
-- mode: both
-- compare: ordered
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/nulls.ndjson',
  'format' = 'json'
);

SELECT id, a, s FROM nulls ORDER BY a DESC NULLS LAST, s NULLS FIRST, id LIMIT 20;
