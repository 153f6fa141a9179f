-- about: ordered by NULLS LAST
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id, a, COUNT(*) OVER (ORDER BY a NULLS LAST) AS n FROM nulls;
