-- about: PERCENT_RANK of single rows
-- mode: batch
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id, PERCENT_RANK() OVER (PARTITION BY id ORDER BY a) AS p, CUME_DIST() OVER (PARTITION BY id ORDER BY a) AS c FROM nulls;
