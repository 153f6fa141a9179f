-- about: hugedec
-- mode: batch
-- compare: error
-- inputs: shop-orders.ndjson, shop-payments.ndjson, shop-customers.ndjson, shop-prices.ndjson, shop-carts.ndjson

CREATE TABLE orders (
  id BIGINT, customer STRING, product STRING, amount DECIMAL(6, 2), placed TIMESTAMP(3),
  WATERMARK FOR placed AS placed - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/shop-orders.ndjson', 'format' = 'json');

CREATE TABLE payments (
  order_id BIGINT, paid TIMESTAMP(3), WATERMARK FOR paid AS paid
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/shop-payments.ndjson', 'format' = 'json');

CREATE TABLE customers (name STRING, city STRING, PRIMARY KEY (name) NOT ENFORCED)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/shop-customers.ndjson', 'format' = 'json');

CREATE TABLE prices (
  product STRING, price DECIMAL(6, 2), since TIMESTAMP(3),
  PRIMARY KEY (product) NOT ENFORCED, WATERMARK FOR since AS since
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/shop-prices.ndjson', 'format' = 'json');

CREATE TABLE carts (id BIGINT, items ARRAY<STRING>, counts MAP<STRING, INT>)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/shop-carts.ndjson', 'format' = 'json');

SELECT 123456789012345678901234567890123456789 AS x;
