-- about: functions of arrays over columns
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

SELECT id, ARRAY_CONTAINS(tags, 'mu') AS c, ARRAY_DISTINCT(tags) AS d, ARRAY_POSITION(nums, 7) AS p, ARRAY_REVERSE(nums) AS r, ARRAY_MAX(nums) AS mx, ARRAY_MIN(nums) AS mn, ARRAY_JOIN(tags, '-') AS j, ARRAY_APPEND(nums, id) AS ap, ARRAY_SLICE(nums, 2, 3) AS sl, ARRAY_SORT(nums) AS so, ARRAY_REMOVE(nums, -5) AS rm, ARRAY_UNION(nums, ARRAY[7, 1]) AS un FROM nested;
