-- about: a plain aggregate by window_start alone over a changelog
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

SELECT window_start, COUNT(*) AS c FROM TUMBLE(TABLE stock, DESCRIPTOR(upd), INTERVAL '1' MINUTE) GROUP BY window_start;
