-- about: a window Top-N of a windowed aggregate over a changelog
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

SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY s DESC, name) AS rn FROM (SELECT window_start, window_end, name, SUM(stock) AS s FROM TUMBLE(TABLE stock, DESCRIPTOR(upd), INTERVAL '1' MINUTE) GROUP BY window_start, window_end, name)) WHERE rn <= 2;
