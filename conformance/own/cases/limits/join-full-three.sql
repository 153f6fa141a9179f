-- about: FULL JOIN of three
-- mode: both
-- compare: rows
-- inputs: left.ndjson, nulls.ndjson, right.ndjson

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

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/nulls.ndjson',
  'format' = 'json'
);

SELECT a.k, b.k AS bk, n.id, a.v, b.v AS bv, n.s FROM lhs AS a FULL JOIN rhs AS b ON a.k = b.k FULL JOIN nulls AS n ON COALESCE(a.k, b.k) = n.a;
