-- about: a window over a cast time column
-- mode: streaming
-- compare: error
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

CREATE VIEW v AS SELECT product, CAST(ts AS TIMESTAMP(3)) AS t2, ts + INTERVAL '1' SECOND AS t3, ts FROM orders;

SELECT window_start, COUNT(*) AS c FROM TUMBLE(TABLE v, DESCRIPTOR(t3), INTERVAL '1' MINUTE) GROUP BY window_start, window_end;
