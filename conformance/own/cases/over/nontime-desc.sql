-- about: ordered by a plain column, descending
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id, SUM(b) OVER (ORDER BY id DESC) AS s, MAX(b) OVER (ORDER BY id DESC) AS m FROM nulls;
