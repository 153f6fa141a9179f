-- about: ddl like
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE orders (order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT, price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH ('connector'='filesystem','path'='${DATA}/orders.ndjson','format'='json');

CREATE TABLE o2 (big AS qty > 10) WITH ('json.ignore-parse-errors'='true') LIKE orders;

SELECT order_id, big FROM o2 WHERE order_id < 6;
