-- about: ordering a UNION ALL
-- mode: batch
-- compare: ordered
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

SELECT k, v FROM lhs UNION ALL SELECT k, v FROM rhs ORDER BY k NULLS FIRST, v NULLS LAST;
