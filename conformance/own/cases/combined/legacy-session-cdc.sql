-- about: legacy sessions over a changelog
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

SELECT id, SESSION_START(upd, INTERVAL '40' SECOND) AS s, COUNT(*) AS c, MAX(stock) AS m FROM stock GROUP BY id, SESSION(upd, INTERVAL '40' SECOND);
