-- about: with nested
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE lhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/left.ndjson',
  'format' = 'json'
);

WITH a AS (SELECT k FROM lhs), b AS (WITH a AS (SELECT k + 1 AS k FROM a) SELECT k FROM a) SELECT a.k FROM a JOIN b ON a.k = b.k;
