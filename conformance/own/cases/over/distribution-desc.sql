-- about: CUME_DIST and PERCENT_RANK descending, NULLs
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id, a, CUME_DIST() OVER (ORDER BY a DESC) AS c, PERCENT_RANK() OVER (ORDER BY a DESC) AS p, CUME_DIST() OVER (ORDER BY b, id) AS c2 FROM nulls;
