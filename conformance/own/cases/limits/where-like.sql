-- about: LIKE and its negation over odd text
-- mode: both
-- compare: rows
-- inputs: strings.ndjson

CREATE TABLE strings (
  id INT, s STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/strings.ndjson',
  'format' = 'json'
);

SELECT id, s, s LIKE '%a%' AS a, s LIKE '_' AS o1, s NOT LIKE '' AS ne FROM strings;
