-- about: ddl watermark computed
-- mode: streaming
-- compare: rows
-- inputs: orders.ndjson

CREATE TABLE o (order_id BIGINT, ts TIMESTAMP(3), et AS ts + INTERVAL '1' HOUR, WATERMARK FOR et AS et - INTERVAL '5' SECOND) WITH ('connector'='filesystem','path'='${DATA}/orders.ndjson','format'='json');

SELECT window_start, COUNT(*) AS c FROM TUMBLE(TABLE o, DESCRIPTOR(et), INTERVAL '10' MINUTE) GROUP BY window_start, window_end;
