-- about: ARRAY_AGG with both treatments of NULLs
-- mode: streaming
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT s, ARRAY_AGG(a IGNORE NULLS) AS x, ARRAY_AGG(a RESPECT NULLS) AS y, ARRAY_AGG(DISTINCT a) AS z FROM nulls GROUP BY s;
