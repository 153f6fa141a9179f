-- about: FIRST_VALUE and LAST_VALUE with RESPECT NULLS
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT s, FIRST_VALUE(a) RESPECT NULLS AS x, LAST_VALUE(a) RESPECT NULLS AS y FROM nulls GROUP BY s;
