-- about: arrays unnested and joined with a table
-- mode: both
-- compare: rows
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

SELECT w.name, t.s, COUNT(*) AS c FROM wizards AS w CROSS JOIN UNNEST(w.spells) AS t(s) JOIN spells AS p ON p.wizard = w.name AND p.spell = t.s GROUP BY w.name, t.s;
