-- about: IN over UNNEST
-- mode: both
-- compare: error
-- inputs: spells.ndjson, wizards.ndjson

CREATE TABLE wizards (
  name STRING, spells ARRAY<STRING>
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/wizards.ndjson',
  'format' = 'json'
);

CREATE TABLE spells (
  wizard STRING, spell STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/spells.ndjson',
  'format' = 'json'
);

SELECT w.name FROM wizards AS w WHERE 'ward' IN (SELECT s FROM UNNEST(w.spells) AS t (s));
