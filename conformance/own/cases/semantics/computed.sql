-- about: computed
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (
  order_id BIGINT, qty INT, price DECIMAL(10, 2), ts TIMESTAMP(3), total AS qty * price, day_ AS DATE_FORMAT(ts, 'yyyy-MM-dd'), minute_ AS EXTRACT(MINUTE FROM ts), big AS qty > 10
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.ndjson', 'format' = 'json');

SELECT day_, minute_, big, SUM(total) AS t FROM orders GROUP BY day_, minute_, big;
