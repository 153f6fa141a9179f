-- about: a window join of two views with expressions
-- mode: both
-- compare: rows
-- inputs: orders.ndjson, shipments.ndjson

CREATE TABLE orders (
  order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT,
  price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/orders.ndjson',
  'format' = 'json'
);

CREATE TABLE shipments (
  ship_id BIGINT, order_id BIGINT, carrier STRING, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/shipments.ndjson',
  'format' = 'json'
);

CREATE VIEW o AS SELECT order_id, product, ts FROM orders WHERE qty IS NOT NULL;

CREATE VIEW s AS SELECT order_id, UPPER(carrier) AS carrier, ts FROM shipments;

SELECT COALESCE(l.window_start, r.window_start) AS ws, l.n AS orders_n, r.n AS ships_n
FROM (SELECT window_start, window_end, COUNT(*) AS n FROM TUMBLE(TABLE o, DESCRIPTOR(ts), INTERVAL '1' MINUTE) GROUP BY window_start, window_end) AS l
FULL JOIN (SELECT window_start, window_end, COUNT(*) AS n FROM TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE) GROUP BY window_start, window_end) AS r
ON l.window_start = r.window_start AND l.window_end = r.window_end;
