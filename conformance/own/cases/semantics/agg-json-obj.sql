-- about: agg-json-obj
-- mode: both
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT JSON_OBJECTAGG(KEY CAST(id AS STRING) VALUE a) AS o, JSON_OBJECTAGG(KEY CAST(id AS STRING) VALUE s ABSENT ON NULL) AS p FROM nulls WHERE id < 5;
