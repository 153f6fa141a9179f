-- about: CASE over VALUES with strings of several lengths
-- mode: both
-- compare: rows
-- inputs: 

SELECT k, CASE k WHEN 1 THEN 'one' WHEN 2 THEN 'twenty' END AS c, CASE WHEN k > 1 THEN 'x' ELSE 'yyy' END AS d, COALESCE(CAST(NULL AS STRING), 'dflt') AS e FROM (VALUES 1, 2, 3) AS t(k);
