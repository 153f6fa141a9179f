-- about: an aggregate of nothing
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

SELECT COUNT(*) AS n, SUM(a) AS s, MAX(s) AS m, AVG(d) AS d FROM nulls WHERE id < 0;
