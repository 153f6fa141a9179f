-- about: an argument of the wrong type
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

SELECT SQRT(s) FROM strings;
