-- about: an aggregate over deduplicated rows
-- mode: streaming
-- compare: rows
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3),
  pt AS PROCTIME()
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

SELECT k, COUNT(*) AS c, SUM(v) AS s FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k, v ORDER BY pt DESC) AS rn FROM ev) WHERE rn = 1 GROUP BY k;
