-- about: sums of decimals that overflow, and come back
-- mode: both
-- compare: error
-- inputs: 

SELECT SUM(CAST(a AS DECIMAL(38, 18))) AS s, AVG(CAST(a AS DECIMAL(38, 18))) AS v FROM (VALUES (99999999999999999999.5), (99999999999999999999.5), (-99999999999999999999.5), (-99999999999999999999.5), (7.5)) AS t (a);
