-- about: an untyped NULL in VALUES
-- mode: both
-- compare: error
-- inputs: 

SELECT * FROM (VALUES (1, NULL), (2, NULL)) AS t(a, b);
