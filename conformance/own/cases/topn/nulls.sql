-- about: NULLs in the order
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id, a, rn FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY flag ORDER BY a DESC NULLS FIRST, id) AS rn FROM nulls) WHERE rn <= 3;
