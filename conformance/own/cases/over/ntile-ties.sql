-- about: NTILE with uneven sizes
-- mode: batch
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id, NTILE(3) OVER (PARTITION BY flag ORDER BY id) AS n, NTILE(7) OVER (ORDER BY id) AS m FROM nulls;
