-- about: legacy-session-expr
-- mode: streaming
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT UPPER(category) AS c, SESSION_END(ts, INTERVAL '10' SECOND) AS e, COUNT(*) AS n FROM orders GROUP BY UPPER(category), SESSION(ts, INTERVAL '10' SECOND);
