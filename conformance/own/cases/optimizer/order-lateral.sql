-- about: an ordered LATERAL without LIMIT
-- mode: both
-- compare: rows
-- inputs: timed_duplicates.ndjson

CREATE TABLE u (
  id INT, a INT, b INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = '${DATA}/timed_duplicates.ndjson', 'format' = 'json'
);
CREATE VIEW v AS SELECT id, a FROM u ORDER BY a;
SELECT u.id, x.b FROM u, LATERAL (SELECT b FROM u AS w WHERE w.id = u.id ORDER BY b) AS x;
