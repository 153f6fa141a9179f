-- about: a watermark by an expression
-- mode: streaming
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/orders.ndjson',
  'format' = 'json'
);

CREATE TABLE o2 (order_id BIGINT, product STRING, qty INT, ts TIMESTAMP(3), WATERMARK FOR ts AS CASE WHEN qty > 10 THEN ts - INTERVAL '30' SECOND ELSE ts - INTERVAL '2' SECOND END) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT window_start, COUNT(*) AS c, SUM(qty) AS q FROM TUMBLE(TABLE o2, DESCRIPTOR(ts), INTERVAL '15' SECOND) GROUP BY window_start, window_end;
