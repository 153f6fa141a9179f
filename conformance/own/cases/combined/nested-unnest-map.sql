-- about: a map unnested, its entries grouped
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

SELECT m.k, COUNT(*) AS c, COUNT(m.v) AS cv, COLLECT(m.v) AS vs FROM nested AS n CROSS JOIN UNNEST(n.props) AS m(k, v) GROUP BY m.k;
