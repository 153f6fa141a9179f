CREATE TABLE orders (
  id BIGINT, product STRING, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json'
);

SELECT id, prise
FROM orders;
-- Unknown column "prise" at 8:12. Available: "id", "product", "qty", "price", "ts". Did you mean "price"?
-- 8 | SELECT id, prise
--                ^^^^^
-- Name one of the available columns.
