-- about: a window over a changelog, and Flink's answer
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

SELECT window_start, COUNT(*) AS c, SUM(stock) AS s FROM TUMBLE(TABLE stock, DESCRIPTOR(upd), INTERVAL '30' SECOND) GROUP BY window_start, window_end;
