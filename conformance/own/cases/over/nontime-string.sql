-- about: ordered by a string
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id, s, COUNT(*) OVER (ORDER BY s) AS n, MIN(id) OVER (ORDER BY s) AS m FROM nulls;
