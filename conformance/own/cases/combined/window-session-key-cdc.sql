-- about: sessions by key over a changelog
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

SELECT id, window_start, window_end, COUNT(*) AS c, SUM(stock) AS s FROM SESSION(TABLE stock PARTITION BY id, DESCRIPTOR(upd), INTERVAL '40' SECOND) GROUP BY id, window_start, window_end;
