-- about: COUNT of nothing as a value
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id FROM nulls WHERE id > (SELECT COUNT(*) FROM nulls WHERE id > 1000);
