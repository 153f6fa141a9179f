CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT /*+ BROADCATS(orders) */ id FROM orders;
-- Syntax error at 8:12: found BROADCATS, expected a hint: BROADCAST, SHUFFLE_HASH, SHUFFLE_MERGE, NEST_LOOP, MULTI_JOIN, LOOKUP, STATE_TTL, EARLY_FIRE, ASYNC_SCALAR.
-- 8 | SELECT /*+ BROADCATS(orders) */ id FROM orders;
--                ^^^^^^^^^
-- Did you mean "BROADCAST"?
