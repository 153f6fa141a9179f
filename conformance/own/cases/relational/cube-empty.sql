-- about: CUBE and the empty set over nothing
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT a, b, COUNT(*) AS n, SUM(id) AS s FROM nulls WHERE id > 1000 GROUP BY GROUPING SETS ((a, b), ());
