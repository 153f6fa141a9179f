-- about: a text that is no number, cast while it runs
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

SELECT id, CAST(s AS INT) FROM strings;
