-- about: JSON aggregates in one group
-- mode: both
-- compare: rows
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

SELECT JSON_OBJECTAGG(KEY CAST(id AS STRING) VALUE v) AS o, JSON_OBJECTAGG(KEY CAST(id AS STRING) VALUE v ABSENT ON NULL) AS a FROM ev WHERE id < 8;
