-- about: Top-N of rows of a window with the rank in the result
-- mode: both
-- compare: rows
-- inputs: supplier_orders.ndjson

CREATE TABLE supplier_orders (
  bidtime TIMESTAMP(3), price DECIMAL(10, 2), item STRING, supplier STRING,
  WATERMARK FOR bidtime AS bidtime - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/supplier_orders.ndjson',
  'format' = 'json'
);

SELECT window_start, supplier, item, price, rownum FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, supplier ORDER BY price DESC) AS rownum FROM TABLE(TUMBLE(TABLE supplier_orders, DESCRIPTOR(bidtime), INTERVAL '2' MINUTE))) WHERE rownum BETWEEN 2 AND 3;
