-- about: name using missing
-- mode: streaming
-- compare: error
-- inputs: left.ndjson, orders.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

CREATE TABLE orders (order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT, price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH ('connector'='filesystem','path'='${DATA}/orders.ndjson','format'='json');

SELECT 1 FROM lhs JOIN orders USING (k);
