-- about: groups of nothing
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

SELECT s, COUNT(*) AS n FROM nulls WHERE id < 0 GROUP BY s;
