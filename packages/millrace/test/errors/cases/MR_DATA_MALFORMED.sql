CREATE TABLE orders (
  id BIGINT, product STRING, qty TIMESTAMP(3), price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT qty FROM orders;
-- A record of orders cannot be read (<folder>/orders.ndjson, byte 0): field "qty" is no TIMESTAMP(3): 3. It begins: "{\"id\":1,\"product\":\"cog\",\"qty\":3,\"price\":2.5,\"ts\":\"2024-01-01 00:00:00\"}\n"
-- Mend the record, or let such records go to the dead letters with 'bad-records' = 'dead-letter'.
