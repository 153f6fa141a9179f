-- about: counts of columns with NULLs
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/nulls.ndjson',
  'format' = 'json'
);

SELECT COUNT(*) AS n, COUNT(a) AS a, COUNT(DISTINCT a) AS da, COUNT(a + b) AS ab, COUNT(NULLIF(s, '')) AS s FROM nulls;
