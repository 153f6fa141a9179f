-- about: EXCEPT of pairs with NULLs
-- mode: both
-- compare: rows
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

SELECT k, v FROM lhs EXCEPT SELECT k, v FROM rhs;
