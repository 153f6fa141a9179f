-- about: ddl watermark null
-- mode: streaming
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE o (order_id BIGINT, qty INT, ts TIMESTAMP(3), WATERMARK FOR ts AS CASE WHEN qty > 5 THEN CAST(NULL AS TIMESTAMP(3)) ELSE ts END) WITH ('connector'='filesystem','path'='${DATA}/orders.ndjson','format'='json');

SELECT window_start, COUNT(*) AS c FROM TUMBLE(TABLE o, DESCRIPTOR(ts), INTERVAL '10' SECOND) GROUP BY window_start, window_end;
