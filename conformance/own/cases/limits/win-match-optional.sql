-- about: optional variables and NULL measures
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

SELECT * FROM e MATCH_RECOGNIZE (PARTITION BY ok ORDER BY ts MEASURES A.id AS a, B.id AS b, C.id AS c, A.k || COALESCE(B.k, '-') AS t AFTER MATCH SKIP PAST LAST ROW PATTERN (A B? C) DEFINE A AS A.v > 0, B AS B.v IS NULL, C AS C.v <= A.v);
