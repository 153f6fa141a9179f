-- about: windows of a changelog with GROUPING SETS
-- mode: streaming
-- compare: rows
-- inputs: stock.debezium.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3),
  PRIMARY KEY (id) NOT ENFORCED,
  WATERMARK FOR upd AS upd - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/stock.debezium.ndjson',
  'format' = 'debezium-json'
);

SELECT window_start, name, COUNT(*) AS c, SUM(stock) AS s FROM TUMBLE(TABLE stock, DESCRIPTOR(upd), INTERVAL '1' MINUTE) GROUP BY window_start, window_end, GROUPING SETS ((name), ());
