-- about: CASE whose condition is no BOOLEAN
-- mode: streaming
-- compare: error
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

SELECT CASE WHEN v THEN 1 ELSE 2 END FROM ev;
