-- about: a WITH that is not used and is wrong
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

WITH w AS (SELECT nope FROM lhs) SELECT k FROM lhs;
