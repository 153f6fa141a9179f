-- about: NOT, AND and OR over NULLs
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

SELECT id, NOT (a > 2 AND flag) AS x, (a > 2 OR flag) AS y, a > b AS z, (a = b) IS UNKNOWN AS u FROM nulls WHERE NOT (a = 1 AND flag);
