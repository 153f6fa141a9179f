-- about: a filter that keeps some rows without a partner
-- mode: both
-- compare: rows
-- inputs: timed_duplicates.ndjson

CREATE TABLE u (
  id INT, a INT, b INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = '${DATA}/timed_duplicates.ndjson', 'format' = 'json'
);
CREATE VIEW v AS SELECT id, a FROM u ORDER BY a;
SELECT u.id, w.b AS wb FROM u FULL JOIN (SELECT a, b FROM u) w ON u.id = w.b WHERE w.b IS NULL OR w.b > 2;
