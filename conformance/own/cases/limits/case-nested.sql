-- about: nested CASE with NULLs
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

SELECT id, CASE WHEN a IS NULL THEN CASE s WHEN 'x' THEN 'nx' WHEN '' THEN 'ne' ELSE 'n' || s END WHEN a > b THEN CAST(a - b AS STRING) END AS c FROM nulls;
