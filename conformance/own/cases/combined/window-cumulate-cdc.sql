-- about: cumulating windows over a changelog
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

SELECT window_start, window_end, name, COUNT(*) AS c, MAX(stock) AS mx FROM CUMULATE(TABLE stock, DESCRIPTOR(upd), INTERVAL '30' SECOND, INTERVAL '2' MINUTE) GROUP BY window_start, window_end, name;
