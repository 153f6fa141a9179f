-- about: too many arguments
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

SELECT UPPER(s, s) FROM strings;
