-- about: fields of nested rows in filters, groups and orders
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

SELECT n.usr.address.city AS city, COUNT(*) AS c, AVG(n.usr.age) AS a, MAX(n.usr.name) AS m, SUM(CARDINALITY(nums)) AS k FROM nested AS n WHERE n.usr.age > 30 OR n.usr.address.zip LIKE '4%' GROUP BY n.usr.address.city;
