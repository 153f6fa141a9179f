-- about: a10-hop
-- mode: both
-- compare: rows
-- inputs: supplier_orders.ndjson

CREATE TABLE supplier_orders (
  bidtime TIMESTAMP(3), price DECIMAL(10, 2), item STRING, supplier STRING,
  WATERMARK FOR bidtime AS bidtime - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/supplier_orders.ndjson', 'format' = 'json');

SELECT HOP_START(bidtime, INTERVAL '30' SECOND, INTERVAL '1' MINUTE) AS s, ROUND(SUM(price), 1) AS p FROM supplier_orders GROUP BY HOP(bidtime, INTERVAL '30' SECOND, INTERVAL '1' MINUTE);
