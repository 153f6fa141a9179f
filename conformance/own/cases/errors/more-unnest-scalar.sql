-- about: UNNEST of a number
-- mode: streaming
-- compare: error
-- inputs: nested.ndjson

CREATE TABLE nested (
  id INT, usr ROW<name STRING, age INT, address ROW<city STRING, zip STRING>>, tags ARRAY<STRING>, nums ARRAY<INT>,
  scores ARRAY<ROW<k STRING, v DOUBLE>>, props MAP<STRING, STRING>, `json` STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/nested.ndjson',
  'format' = 'json'
);

SELECT id, x FROM nested, UNNEST(id) AS t (x);
