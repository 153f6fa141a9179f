-- about: VALUES of types that do not meet
-- mode: both
-- compare: error
-- inputs: 

SELECT * FROM (VALUES (1, 'a'), (DATE '2024-01-01', 'b')) AS t(a, b);
