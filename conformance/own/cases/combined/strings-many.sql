-- about: string functions over odd strings
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

SELECT id, CHAR_LENGTH(s) AS n, UPPER(s) AS u, REVERSE(s) AS r, SUBSTRING(s, 2, 3) AS sub, LEFT(s, 4) AS l, RIGHT(s, 3) AS rr, LPAD(s, 8, '*') AS lp, RPAD(s, 6, '日') AS rp, INITCAP(s) AS ic, POSITION('e' IN s) AS p, LOCATE('a', s, 2) AS lo, REPEAT(s, 2) AS rep, OVERLAY(s PLACING '##' FROM 2 FOR 1) AS o, TRIM(BOTH ' ' FROM s) AS t, ASCII(s) AS a, SPLIT_INDEX(s, ' ', 1) AS sp, TRANSLATE(s, 'abc', 'xy') AS tr FROM strings;
