-- about: an ordered scalar sub-query
-- mode: both
-- compare: rows
-- inputs: timed_duplicates.ndjson

CREATE TABLE u (
  id INT, a INT, b INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = '${DATA}/timed_duplicates.ndjson', 'format' = 'json'
);
CREATE VIEW v AS SELECT id, a FROM u ORDER BY a;
SELECT id, (SELECT MAX(a) AS m FROM u ORDER BY m) AS m FROM u;
