-- about: VALUES joined, aggregated and ordered
-- mode: both
-- compare: rows
-- inputs: 

SELECT t.k, SUM(u.v) AS s FROM (VALUES ('a', 1), ('b', 2), ('c', 3)) AS t (k, n) LEFT JOIN (VALUES (1, 10), (1, 20), (3, CAST(NULL AS INT))) AS u (n, v) ON t.n = u.n GROUP BY t.k;
