-- about: UNNEST of an ARRAY_AGG
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

SELECT g.c, t.x FROM (SELECT MOD(id, 3) AS c, ARRAY_AGG(id) AS xs FROM nested GROUP BY MOD(id, 3)) AS g CROSS JOIN UNNEST(g.xs) AS t(x);
