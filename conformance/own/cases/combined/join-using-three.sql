-- about: USING over three tables
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

SELECT k, COUNT(*) AS c FROM lhs JOIN rhs USING (k, v) LEFT JOIN (VALUES (1, 'one'), (4, 'four')) AS t(k, w) USING (k) GROUP BY k;
