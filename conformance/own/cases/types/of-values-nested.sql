-- about: VALUES of nested values
-- mode: both
-- compare: rows
-- inputs: 

SELECT id, a[1] AS x, m['k'] AS y, r FROM (VALUES (1, ARRAY[1, 2], MAP['k', 1.5], ROW(1, 'a')), (2, ARRAY[CAST(NULL AS INT)], MAP['z', 2.25], ROW(2, 'bc'))) AS t (id, a, m, r);
