-- about: CAST of odd strings to INT while it runs
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

SELECT CAST(s AS INT) FROM strings;
