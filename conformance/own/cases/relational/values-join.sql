-- about: values join
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

SELECT l.k, t.n FROM lhs AS l JOIN (VALUES (1, 'one'), (2, 'two')) AS t(i, n) ON l.k = t.i;
