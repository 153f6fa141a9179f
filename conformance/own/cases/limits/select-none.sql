-- about: a SELECT without a table
-- mode: both
-- compare: rows
-- inputs: 

SELECT 1 + 1 AS a, 'x' || 'y' AS b, CAST(NULL AS INT) AS c, DATE '2024-02-29' AS d;
