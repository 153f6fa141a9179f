-- about: over no order
-- mode: streaming
-- compare: error
-- inputs: orders.ndjson

CREATE TABLE orders (order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT, price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH ('connector'='filesystem','path'='${DATA}/orders.ndjson','format'='json');

SELECT SUM(qty) OVER (PARTITION BY product ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM orders;
