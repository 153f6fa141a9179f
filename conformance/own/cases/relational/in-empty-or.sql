-- about: IN over nothing, or a condition
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id FROM nulls WHERE a IN (SELECT b FROM nulls WHERE id > 1000) OR id < 3;
