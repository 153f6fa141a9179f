-- about: a scalar sub-query of many rows
-- mode: both
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

SELECT k, (SELECT v FROM rhs WHERE rhs.k = 2) FROM lhs;
