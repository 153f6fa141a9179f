-- about: ddl like excluding
-- mode: both
-- compare: rows
-- inputs: orders.ndjson, left.ndjson

CREATE TABLE orders (order_id BIGINT, customer_id INT, product STRING, category STRING, qty INT, price DECIMAL(10, 2), rate DOUBLE, ts TIMESTAMP(3), note STRING, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH ('connector'='filesystem','path'='${DATA}/orders.ndjson','format'='json');

CREATE TABLE o2 WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json') LIKE orders (EXCLUDING ALL);

SELECT * FROM o2;
