-- about: CUBE with DISTINCT and NULL keys
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

SELECT flag, s, COUNT(DISTINCT a) AS d, SUM(b) AS sb, GROUPING_ID(flag, s) AS g FROM nulls GROUP BY CUBE (flag, s);
