-- about: rows, arrays and maps built from columns
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

SELECT id, ROW(id, usr.name) AS r, ARRAY[id, usr.age, CARDINALITY(nums)] AS a, MAP['id', CAST(id AS STRING), 'name', usr.name] AS m, ROW(ROW(id), ARRAY[tags]) AS deep FROM nested;
