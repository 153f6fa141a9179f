-- about: null-case
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id, CASE flag WHEN TRUE THEN 't' WHEN FALSE THEN 'f' ELSE 'u' END AS c, IF(a > b, a, b) AS m, GREATEST(a, b) AS g, LEAST(a, b) AS l FROM nulls;
