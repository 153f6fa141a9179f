-- about: a09-cumulate-sets
-- mode: both
-- compare: rows
-- inputs: supplier_orders.ndjson

CREATE TABLE supplier_orders (
  bidtime TIMESTAMP(3), price DECIMAL(10, 2), item STRING, supplier STRING,
  WATERMARK FOR bidtime AS bidtime - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/supplier_orders.ndjson', 'format' = 'json');

SELECT window_start, window_end, supplier, item, SUM(price) AS total FROM TABLE(CUMULATE(TABLE supplier_orders, DESCRIPTOR(bidtime), INTERVAL '30' SECOND, INTERVAL '2' MINUTE)) GROUP BY window_start, window_end, GROUPING SETS ((supplier), (item), ());
