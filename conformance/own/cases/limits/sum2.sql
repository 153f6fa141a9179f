-- about: sums of decimals that overflow, three values
-- mode: both
-- compare: error
-- inputs: 

SELECT SUM(CAST(a AS DECIMAL(38, 18))) AS s, AVG(CAST(a AS DECIMAL(38, 18))) AS v FROM (VALUES (99999999999999999999.5), (99999999999999999999.5), (1.5)) AS t (a);
