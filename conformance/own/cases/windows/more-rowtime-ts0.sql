-- about: windows over a computed TIMESTAMP(0)
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

CREATE TABLE o2 (order_id BIGINT, qty INT, ts TIMESTAMP(3), t0 AS CAST(ts AS TIMESTAMP(0)), WATERMARK FOR t0 AS t0 - INTERVAL '10' SECOND) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT window_start, window_end, window_time, COUNT(*) AS c FROM TUMBLE(TABLE o2, DESCRIPTOR(t0), INTERVAL '30' SECOND) GROUP BY window_start, window_end, window_time;
