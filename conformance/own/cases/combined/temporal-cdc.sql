-- about: a temporal join with a table of Debezium changes, deletions included
-- mode: streaming
-- compare: rows
-- inputs: payments.ndjson, stock.debezium.ndjson

CREATE TABLE payments (
  pay_id BIGINT, currency STRING, amount DECIMAL(12, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/payments.ndjson',
  'format' = 'json'
);

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3),
  PRIMARY KEY (id) NOT ENFORCED,
  WATERMARK FOR upd AS upd - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/stock.debezium.ndjson',
  'format' = 'debezium-json'
);

SELECT p.pay_id, s.name, s.stock FROM payments AS p LEFT JOIN stock FOR SYSTEM_TIME AS OF p.ts AS s ON CAST(MOD(p.pay_id, 10) AS INT) = s.id;
