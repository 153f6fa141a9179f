-- about: a filter on the key of sessions
-- mode: streaming
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT category, window_start, window_end, COUNT(*) AS n FROM TABLE(SESSION(TABLE orders PARTITION BY category, DESCRIPTOR(ts), INTERVAL '10' SECOND)) WHERE category <> 'hard' AND qty > 4 GROUP BY category, window_start, window_end;
