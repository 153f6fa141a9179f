-- about: VALUES of several types
-- mode: both
-- compare: rows
-- inputs: 

SELECT a, b, c FROM (VALUES (1, 'x', DATE '2024-01-01'), (2, 'yy', DATE '2024-02-29')) AS t (a, b, c);
