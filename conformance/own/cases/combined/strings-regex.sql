-- about: regular expressions over odd strings
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

SELECT id, REGEXP_REPLACE(s, '[aeiou]', '_') AS a, REGEXP_EXTRACT(s, '([a-z]+)[^a-z]+([a-z]+)', 2) AS b, REGEXP(s, '^[a-z]') AS c, s SIMILAR TO '%(a|e)%' AS e, s LIKE '%!_%' ESCAPE '!' AS f, REGEXP_COUNT(s, '\d') AS g, REGEXP_INSTR(s, '[A-Z]') AS h, REGEXP_SUBSTR(s, '\d+') AS k, SPLIT(s, ',') AS sp FROM strings;
