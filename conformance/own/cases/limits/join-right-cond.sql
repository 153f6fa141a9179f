-- about: RIGHT JOIN whose ON filters both sides
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

SELECT a.k, a.v, b.k AS bk, b.v AS bv FROM lhs AS a RIGHT JOIN rhs AS b ON a.k = b.k AND a.v = 'q' AND b.v <> 'r';
