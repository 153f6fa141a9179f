-- about: nest-unnest-rows
-- mode: both
-- compare: rows
-- inputs: nested.ndjson

CREATE TABLE nested (
  id INT, usr ROW<name STRING, age INT, address ROW<city STRING, zip STRING>>, tags ARRAY<STRING>, nums ARRAY<INT>, scores ARRAY<ROW<k STRING, v DOUBLE>>, props MAP<STRING, STRING>, `json` STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nested.ndjson', 'format' = 'json');

SELECT id, s.k, s.v FROM nested CROSS JOIN UNNEST(scores) AS s (k, v) WHERE s.v > 5;
