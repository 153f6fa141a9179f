-- about: a table without FROM
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/left.ndjson',
  'format' = 'json'
);

SELECT k lhs WHERE k > 1;
