-- about: interval-window
-- mode: streaming
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

WITH j AS (SELECT a.order_id, a.ts, b.qty FROM orders AS a JOIN orders AS b ON a.customer_id = b.customer_id AND b.ts BETWEEN a.ts AND a.ts + INTERVAL '10' SECOND) SELECT window_start, COUNT(*) AS n, SUM(qty) AS q FROM TUMBLE(TABLE j, DESCRIPTOR(ts), INTERVAL '1' MINUTE) GROUP BY window_start, window_end;
