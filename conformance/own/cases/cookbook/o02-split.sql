-- about: o02-split
-- mode: both
-- compare: rows
-- inputs: wizards.ndjson

CREATE TABLE wizards (
  name STRING, spells ARRAY<STRING>
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/wizards.ndjson', 'format' = 'json');

SELECT name, spell, CHAR_LENGTH(spell) AS len FROM wizards CROSS JOIN UNNEST(spells) AS t (spell) WHERE spell LIKE '%a%';
