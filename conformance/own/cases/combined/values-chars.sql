-- about: VALUES of strings of several lengths: padding and type
-- mode: both
-- compare: rows
-- inputs: 

SELECT s, CHAR_LENGTH(s) AS n, s || '!' AS e, u FROM (VALUES ('a', 1.0), ('bcd', 10.25), ('', 100)) AS t(s, u);
