-- about: JSON_QUERY: EMPTY ARRAY, EMPTY OBJECT and NULL on empty and on error, with RETURNING
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

SELECT id, JSON_QUERY(`json`, '$.a' RETURNING ARRAY<STRING> EMPTY ARRAY ON EMPTY) AS a, JSON_QUERY(`json`, '$.zz' RETURNING ARRAY<STRING> EMPTY ARRAY ON EMPTY NULL ON ERROR) AS b, JSON_QUERY(`json`, '$.c' RETURNING ARRAY<STRING> EMPTY ARRAY ON ERROR) AS c, JSON_QUERY(`json`, '$.c' RETURNING ARRAY<STRING>) AS d, JSON_QUERY(`json`, 'strict $.zz' EMPTY OBJECT ON ERROR) AS e, JSON_QUERY(`json`, 'lax $.zz' EMPTY ARRAY ON EMPTY) AS f, JSON_QUERY(`json`, '$.a.b' EMPTY ARRAY ON ERROR) AS g, JSON_QUERY(`json`, '$.a.b' RETURNING ARRAY<STRING> EMPTY ARRAY ON ERROR) AS h, JSON_QUERY(`json`, '$.a' RETURNING ARRAY<STRING> WITH WRAPPER EMPTY ARRAY ON ERROR) AS i FROM nested;
