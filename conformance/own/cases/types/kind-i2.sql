-- about: types of time attributes, of OVER and of timestamps that meet
-- mode: both
-- compare: rows
-- inputs: 

SELECT DATE '2024-01-01' + INTERVAL '100' DAY(3) AS a;
