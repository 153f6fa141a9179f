-- about: a recursive WITH
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

WITH RECURSIVE t AS (SELECT k FROM lhs UNION ALL SELECT k + 1 FROM t WHERE k < 3) SELECT * FROM t;
