-- about: VALUES with a name too few
-- mode: streaming
-- compare: error
-- inputs: 

SELECT * FROM (VALUES (1, 2)) AS t (a);
