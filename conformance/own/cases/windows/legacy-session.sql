-- about: legacy-session
-- mode: streaming
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT customer_id, SESSION_START(ts, INTERVAL '20' SECOND) AS s, SESSION_END(ts, INTERVAL '20' SECOND) AS e, SESSION_ROWTIME(ts, INTERVAL '20' SECOND) AS r, COUNT(*) AS n FROM orders GROUP BY customer_id, SESSION(ts, INTERVAL '20' SECOND);
