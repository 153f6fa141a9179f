-- about: windows of a filtered changelog joined to a table
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

SELECT w.window_start, w.name, w.c FROM (SELECT window_start, window_end, name, COUNT(*) AS c FROM TUMBLE(TABLE stock, DESCRIPTOR(upd), INTERVAL '1' MINUTE) WHERE stock > 5 GROUP BY window_start, window_end, name) AS w JOIN (SELECT DISTINCT name FROM stock) AS s ON w.name = s.name;
