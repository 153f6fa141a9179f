-- about: LISTAGG with separators, DISTINCT
-- mode: streaming
-- compare: rows
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

SELECT ok, LISTAGG(k, '|') AS a, LISTAGG(DISTINCT k, ';') AS b, LISTAGG(CAST(id AS STRING)) AS c FROM ev WHERE id < 30 GROUP BY ok;
