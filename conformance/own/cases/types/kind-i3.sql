-- about: types of time attributes, of OVER and of timestamps that meet
-- mode: both
-- compare: rows
-- inputs: 

SELECT DATE '2024-01-01' + INTERVAL '100' MONTH(3) AS a, DATE '2024-01-01' + INTERVAL '100' YEAR(3) AS b;
