-- about: name cte later
-- mode: streaming
-- compare: error
-- inputs: 

WITH a AS (SELECT * FROM b), b AS (SELECT 1 AS x) SELECT * FROM a;
