-- about: ordering by decimal, then boolean, then text
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

SELECT id, amt, ok, k FROM ev ORDER BY amt, ok DESC, k, id;
