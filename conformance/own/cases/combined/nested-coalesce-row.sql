-- about: COALESCE and CASE over rows and arrays
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

SELECT id, COALESCE(usr.address.city, usr.name, 'nobody') AS c, CASE WHEN nums IS NULL THEN ARRAY[0] ELSE nums END AS n, COALESCE(tags, ARRAY['none']) AS t, IF(usr IS NULL, CAST(NULL AS INT), usr.age) AS a FROM nested;
