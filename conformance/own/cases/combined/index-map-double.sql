-- about: maps with keys of numbers and an index of another number type
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

SELECT id, MAP[1, 'a', 2, 'b'][CAST(2 AS BIGINT)] AS x, MAP[CAST(1 AS BIGINT), 'a'][1] AS y, MAP[1.5, 'a'][1.5] AS z FROM nested;
