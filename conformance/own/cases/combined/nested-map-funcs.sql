-- about: functions of maps over columns
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

SELECT id, CARDINALITY(props) AS c, props['q'] AS q, MAP_KEYS(props) IS NULL AS kn, ARRAY_SORT(MAP_KEYS(props)) AS ks, ARRAY_SORT(MAP_VALUES(props)) AS vs, MAP_UNION(props, MAP['z', 'z']) AS u, MAP_FROM_ARRAYS(tags, tags) AS ft, CARDINALITY(MAP_ENTRIES(props)) AS e FROM nested;
