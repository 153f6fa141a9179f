-- about: VALUES of mixed numeric types, dates and nulls
-- mode: both
-- compare: rows
-- inputs: 

SELECT a, b, c, d, a + b AS ab FROM (VALUES (1, 2.5, 'x', DATE '2024-01-01'), (CAST(2 AS BIGINT), 3, CAST(NULL AS STRING), DATE '2024-02-29'), (3, CAST(1.25 AS DOUBLE), 'long text', CAST(NULL AS DATE))) AS t(a, b, c, d);
