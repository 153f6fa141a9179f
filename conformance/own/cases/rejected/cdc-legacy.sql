-- about: a legacy window over a changelog
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

SELECT TUMBLE_START(upd, INTERVAL '1' MINUTE) AS w, COUNT(*) AS c FROM stock GROUP BY TUMBLE(upd, INTERVAL '1' MINUTE);
