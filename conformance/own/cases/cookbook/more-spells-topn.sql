-- about: the three most used spells of each wizard
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

SELECT wizard, spell, times, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY wizard ORDER BY times DESC, spell) AS rn FROM (SELECT wizard, spell, COUNT(*) AS times FROM spells GROUP BY wizard, spell)) WHERE rn <= 3;
