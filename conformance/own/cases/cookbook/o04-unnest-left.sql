-- about: o04-unnest-left
-- mode: both
-- compare: rows
-- inputs: wizards.ndjson

CREATE TABLE wizards (
  name STRING, spells ARRAY<STRING>
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/wizards.ndjson', 'format' = 'json');

SELECT name, t.spell, ord FROM wizards LEFT JOIN UNNEST(spells) WITH ORDINALITY AS t (spell, ord) ON TRUE;
