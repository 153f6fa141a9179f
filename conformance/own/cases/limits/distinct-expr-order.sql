-- about: DISTINCT with ORDER BY
-- mode: batch
-- compare: ordered
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

SELECT DISTINCT UPPER(k) AS u, v FROM ev ORDER BY u, v;
