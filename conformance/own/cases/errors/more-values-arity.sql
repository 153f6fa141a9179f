-- about: VALUES of different lengths
-- mode: streaming
-- compare: error
-- inputs: 

SELECT * FROM (VALUES (1, 2), (3)) AS t (a, b);
