-- about: JSON paths with defaults and types
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

SELECT id, JSON_VALUE(`json`, '$.a.b' RETURNING INTEGER DEFAULT -1 ON EMPTY DEFAULT -2 ON ERROR) AS v, JSON_VALUE(`json`, 'lax $.c[2]') AS c2, JSON_QUERY(`json`, '$.c') AS q, JSON_QUERY(`json`, '$[*].n' WITH WRAPPER) AS w, JSON_EXISTS(`json`, '$.a') AS e, `json` IS JSON AS j, `json` IS JSON ARRAY AS ja, JSON_QUERY(`json`, '$.a' RETURNING ARRAY<STRING> EMPTY ARRAY ON ERROR) AS arr FROM nested;
