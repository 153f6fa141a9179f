-- about: nest-row
-- mode: both
-- compare: rows
-- inputs: nested.ndjson

CREATE TABLE nested (
  id INT, usr ROW<name STRING, age INT, address ROW<city STRING, zip STRING>>, tags ARRAY<STRING>, nums ARRAY<INT>, scores ARRAY<ROW<k STRING, v DOUBLE>>, props MAP<STRING, STRING>, `json` STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nested.ndjson', 'format' = 'json');

SELECT id, usr.name AS n, usr.address.city AS c, ROW(usr.age, usr.name) AS r, usr.age + 1 AS a FROM nested;
