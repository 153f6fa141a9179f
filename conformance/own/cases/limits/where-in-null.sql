-- about: IN and NOT IN lists with columns
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/nulls.ndjson',
  'format' = 'json'
);

SELECT id FROM nulls WHERE a IN (b, 3, id) AND a NOT IN (1, 100);
