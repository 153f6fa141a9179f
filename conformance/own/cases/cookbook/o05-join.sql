-- about: o05-join
-- mode: both
-- compare: rows
-- inputs: spell_lang.ndjson, wizards.ndjson

CREATE TABLE wizards (
  name STRING, spells ARRAY<STRING>
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/wizards.ndjson', 'format' = 'json');
CREATE TABLE langs (
  spell STRING, lang STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/spell_lang.ndjson', 'format' = 'json');

SELECT l.lang, COUNT(*) AS n, LISTAGG(p.name, '|') IS NOT NULL AS any_ FROM (SELECT w.name, t.spell FROM wizards AS w CROSS JOIN UNNEST(w.spells) AS t (spell)) AS p JOIN langs AS l ON p.spell = l.spell GROUP BY l.lang;
