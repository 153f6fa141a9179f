-- about: UNION of three queries
-- mode: both
-- compare: rows
-- inputs: timed_duplicates.ndjson

CREATE TABLE u (
  id INT, a INT, b INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = '${DATA}/timed_duplicates.ndjson', 'format' = 'json'
);
CREATE VIEW v AS SELECT id, a FROM u ORDER BY a;
SELECT id FROM u UNION SELECT a FROM u UNION SELECT b FROM u;
