-- about: nest-filter
-- mode: both
-- compare: rows
-- inputs: nested.ndjson

CREATE TABLE nested (
  id INT, usr ROW<name STRING, age INT, address ROW<city STRING, zip STRING>>, tags ARRAY<STRING>, nums ARRAY<INT>, scores ARRAY<ROW<k STRING, v DOUBLE>>, props MAP<STRING, STRING>, `json` STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nested.ndjson', 'format' = 'json');

SELECT id, tags[1] AS t, nums[2] AS n2, props['p'] AS p, CARDINALITY(scores) AS s FROM nested WHERE usr.address.city = 'Rome' OR CARDINALITY(nums) > 2;
