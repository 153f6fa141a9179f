-- about: the two most used spells of each wizard, ties by name
-- mode: both
-- compare: rows
-- inputs: spells.ndjson

CREATE TABLE spells (
  wizard STRING, spell STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/spells.ndjson',
  'format' = 'json'
);

SELECT wizard, spell, c FROM (SELECT wizard, spell, COUNT(*) AS c, ROW_NUMBER() OVER (PARTITION BY wizard ORDER BY COUNT(*) DESC, spell) AS rn FROM spells GROUP BY wizard, spell) WHERE rn <= 2;
