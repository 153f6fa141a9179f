-- about: legacy hops in batch and streaming
-- mode: streaming
-- compare: rows
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

CREATE VIEW e AS SELECT * FROM ev WHERE ts IS NOT NULL;

SELECT HOP_START(ts, INTERVAL '10' SECOND, INTERVAL '25' SECOND) AS s, HOP_END(ts, INTERVAL '10' SECOND, INTERVAL '25' SECOND) AS e, COUNT(*) AS c, AVG(v) AS a FROM e GROUP BY HOP(ts, INTERVAL '10' SECOND, INTERVAL '25' SECOND);
