-- about: legacy-session-late
-- mode: streaming
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT SESSION_START(ts, INTERVAL '2' SECOND) AS s, COUNT(*) AS n, LISTAGG(product) AS p FROM orders GROUP BY SESSION(ts, INTERVAL '2' SECOND);
