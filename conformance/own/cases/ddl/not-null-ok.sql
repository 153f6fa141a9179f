-- about: not null ok
-- mode: both
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE t (order_id BIGINT NOT NULL, qty INT) WITH ('connector'='filesystem','path'='${DATA}/orders.ndjson','format'='json');

SELECT order_id, qty FROM t WHERE order_id < 5;
