-- about: a derived table of UNION, filtered and grouped
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

SELECT k, LOWER(v) AS v, COUNT(*) AS c FROM (SELECT k, v FROM lhs UNION ALL SELECT k + 1, UPPER(v) FROM rhs) AS u WHERE k IS NOT NULL GROUP BY k, LOWER(v);
