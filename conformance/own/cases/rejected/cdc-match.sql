-- about: MATCH_RECOGNIZE over a changelog
-- mode: streaming
-- compare: error
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

SELECT * FROM stock MATCH_RECOGNIZE (PARTITION BY id ORDER BY upd MEASURES a.name AS n PATTERN (a b) DEFINE b AS b.stock > a.stock);
