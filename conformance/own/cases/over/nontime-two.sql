-- about: ordered by two plain columns
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id, COUNT(*) OVER (PARTITION BY flag ORDER BY a, id) AS n FROM nulls;
