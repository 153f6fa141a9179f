-- about: tumbling windows over a change log
-- mode: streaming
-- compare: rows
-- inputs: cdc.ndjson

CREATE TABLE cdc (
  id INT, grp STRING, n INT, price DECIMAL(6, 2), name STRING, upd TIMESTAMP(3),
  PRIMARY KEY (id) NOT ENFORCED,
  WATERMARK FOR upd AS upd - INTERVAL '2' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/cdc.ndjson',
  'format' = 'debezium-json'
);

SELECT window_start, grp, COUNT(*) AS c, SUM(n) AS s, MAX(price) AS m FROM TUMBLE(TABLE cdc, DESCRIPTOR(upd), INTERVAL '30' SECOND) GROUP BY window_start, window_end, grp;
