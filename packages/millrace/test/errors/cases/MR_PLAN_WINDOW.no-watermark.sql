CREATE TABLE events (
  id BIGINT, name STRING, ts TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT window_start, COUNT(*) AS n
FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND)
GROUP BY window_start, window_end;
-- A window needs an event-time column; "ts" is TIMESTAMP(3) at 8:38.
-- 8 | FROM TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '10' SECOND)
--                                          ^^
-- Declare WATERMARK FOR ts AS ts - INTERVAL '5' SECOND on the table it comes from.
