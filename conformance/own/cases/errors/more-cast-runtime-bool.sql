-- about: a text that is no boolean, cast while it runs
-- mode: both
-- compare: error
-- inputs: strings.ndjson

CREATE TABLE strings (
  id INT, s STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/strings.ndjson',
  'format' = 'json'
);

SELECT id, CAST(s AS BOOLEAN) FROM strings;
