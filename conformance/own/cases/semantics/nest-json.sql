-- about: nest-json
-- mode: both
-- compare: rows
-- inputs: nested.ndjson

CREATE TABLE nested (
  id INT, usr ROW<name STRING, age INT, address ROW<city STRING, zip STRING>>, tags ARRAY<STRING>, nums ARRAY<INT>, scores ARRAY<ROW<k STRING, v DOUBLE>>, props MAP<STRING, STRING>, `json` STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nested.ndjson', 'format' = 'json');

SELECT id, JSON_VALUE(`json`, '$.a.b') AS b, JSON_QUERY(`json`, '$.c') AS c, JSON_EXISTS(`json`, '$.a') AS e, `json` IS JSON AS j FROM nested;
