-- about: WITH with a column too many
-- mode: both
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/left.ndjson',
  'format' = 'json'
);

WITH t (a, b, c) AS (SELECT k, v FROM lhs) SELECT * FROM t;
