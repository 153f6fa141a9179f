-- about: a window over no rows
-- mode: both
-- compare: rows
-- inputs: timed_duplicates.ndjson

CREATE TABLE u (
  id INT, a INT, b INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = '${DATA}/timed_duplicates.ndjson', 'format' = 'json'
);
CREATE VIEW v AS SELECT id, a FROM u ORDER BY a;
SELECT window_start, COUNT(*) AS n FROM TUMBLE(TABLE u, DESCRIPTOR(ts), INTERVAL '2' SECOND) WHERE 1 = 0 GROUP BY window_start, window_end;
