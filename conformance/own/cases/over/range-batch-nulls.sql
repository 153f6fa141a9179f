-- about: RANGE over NULLs
-- mode: batch
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id, a, COUNT(*) OVER (ORDER BY a RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS n, SUM(b) OVER (ORDER BY a) AS s, SUM(b) OVER (ORDER BY a RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS s2 FROM nulls;
