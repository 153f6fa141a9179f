-- about: UNNEST of rows WITH ORDINALITY, aggregated
-- mode: both
-- compare: rows
-- inputs: nested.ndjson

CREATE TABLE nested (
  id INT, usr ROW<name STRING, age INT, address ROW<city STRING, zip STRING>>, tags ARRAY<STRING>, nums ARRAY<INT>,
  scores ARRAY<ROW<k STRING, v DOUBLE>>, props MAP<STRING, STRING>, `json` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/nested.ndjson',
  'format' = 'json'
);

SELECT t.pos, t.k, COUNT(*) AS c, SUM(t.v) AS s, MIN(n.id) AS first_id FROM nested AS n CROSS JOIN UNNEST(n.scores) WITH ORDINALITY AS t(k, v, pos) GROUP BY t.pos, t.k;
