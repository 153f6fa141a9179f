-- about: VALUES whose types widen
-- mode: both
-- compare: rows
-- inputs: 

SELECT * FROM (VALUES (1, 1.5, 'a'), (2, 2, 'bcd'), (3000000000, 0.125, '')) AS t (a, b, c);
