-- about: a group over VALUES, joined with VALUES
-- mode: both
-- compare: rows
-- inputs: 

SELECT t.k, SUM(t.v) AS s, MAX(u.label) AS l FROM (VALUES ('a', 1), ('b', 2), ('a', 3)) AS t(k, v) LEFT JOIN (VALUES ('a', 'first')) AS u(k, label) ON t.k = u.k GROUP BY t.k;
