-- about: UNION, EXCEPT and INTERSECT in one
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

(SELECT k FROM lhs UNION SELECT k FROM rhs) EXCEPT (SELECT k FROM lhs INTERSECT SELECT k FROM rhs);
