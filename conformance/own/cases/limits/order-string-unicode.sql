-- about: ordering by text
-- mode: batch
-- compare: ordered
-- inputs: strings.ndjson

CREATE TABLE strings (
  id INT, s STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/strings.ndjson',
  'format' = 'json'
);

SELECT id, s FROM strings ORDER BY s, id;
