-- about: averages of decimals: digits
-- mode: both
-- compare: error
-- inputs: 

SELECT AVG(CAST(a AS DECIMAL(38, 18))) AS v, AVG(CAST(a AS DECIMAL(20, 10))) AS w, AVG(CAST(a AS DECIMAL(38, 10))) AS x, AVG(CAST(a AS DECIMAL(10, 2))) AS y FROM (VALUES (12345678901234567.123456), (1.1), (2.0)) AS t (a);
