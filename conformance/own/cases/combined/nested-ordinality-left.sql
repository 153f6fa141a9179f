-- about: LEFT JOIN UNNEST WITH ORDINALITY of strings
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

SELECT n.id, t.tag, t.o FROM nested AS n LEFT JOIN UNNEST(n.tags) WITH ORDINALITY AS t(tag, o) ON TRUE;
