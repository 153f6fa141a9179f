-- about: types of time attributes, of OVER and of timestamps that meet
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

CREATE TABLE o2 (order_id BIGINT, product STRING, qty INT, ts TIMESTAMP(3), t0 AS CAST(ts AS TIMESTAMP_LTZ(0)), WATERMARK FOR t0 AS t0 - INTERVAL '10' SECOND) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT window_start, window_time, t0, order_id FROM TUMBLE(TABLE o2, DESCRIPTOR(t0), INTERVAL '30' SECOND);
