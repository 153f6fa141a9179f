-- about: set intersect all widen
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

SELECT k, CAST(1 AS INT) AS n FROM lhs INTERSECT ALL SELECT CAST(k AS BIGINT), CAST(1 AS DECIMAL(5, 1)) FROM rhs;
