-- about: JSON built from nested columns
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

SELECT id, JSON_OBJECT(KEY 'id' VALUE id, KEY 'name' VALUE usr.name, KEY 'tags' VALUE JSON_ARRAY(tags[1], tags[2])) AS o, JSON_STRING(nums) AS n, JSON_STRING(usr) AS u, JSON_STRING(scores) AS s, JSON_OBJECT('m' VALUE props ABSENT ON NULL) AS m FROM nested;
