-- about: ordered by a plain column, aggregates that retract
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id INT, customer_id INT, product STRING, category STRING, qty INT, price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT order_id, MAX(qty) OVER w AS mx, MIN(qty) OVER w AS mn, AVG(price) OVER w AS av, COUNT(note) OVER w AS cn, LAST_VALUE(product) OVER w AS lv, FIRST_VALUE(product) OVER w AS fv FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY order_id);
