-- about: VALUES as a table, joined
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

SELECT l.k, t.name FROM lhs AS l JOIN (VALUES (1, 'one'), (2, 'two'), (3, CAST(NULL AS STRING))) AS t (n, name) ON l.k = t.n;
