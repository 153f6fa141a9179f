-- about: a UNION ALL with CAST NULLs and widening
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

SELECT k, CAST(NULL AS DECIMAL(5, 1)) AS x FROM lhs UNION ALL SELECT CAST(k AS BIGINT), 2.25 FROM rhs;
