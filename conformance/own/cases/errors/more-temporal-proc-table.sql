-- about: a temporal join without a time attribute
-- mode: streaming
-- compare: error
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/left.ndjson',
  'format' = 'json'
);

CREATE TABLE rhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/right.ndjson',
  'format' = 'json'
);

SELECT * FROM lhs JOIN rhs FOR SYSTEM_TIME AS OF lhs.v ON lhs.k = rhs.k;
