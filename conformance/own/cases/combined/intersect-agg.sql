-- about: INTERSECT of aggregates, NULLs equal
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

SELECT a, COUNT(*) AS c FROM nulls GROUP BY a INTERSECT SELECT b, COUNT(*) FROM nulls GROUP BY b;
