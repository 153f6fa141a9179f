-- about: groups of NULL and the empty string
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

SELECT COALESCE(k, '<null>') AS k, COUNT(*) AS c, COUNT(DISTINCT k) AS d FROM ev GROUP BY COALESCE(k, '<null>');
