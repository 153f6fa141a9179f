-- about: legacy hopping windows of a changelog with HAVING
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

SELECT name, HOP_START(upd, INTERVAL '30' SECOND, INTERVAL '1' MINUTE) AS w, COUNT(*) AS c, MIN(stock) AS m FROM stock GROUP BY name, HOP(upd, INTERVAL '30' SECOND, INTERVAL '1' MINUTE) HAVING MIN(stock) < 40;
