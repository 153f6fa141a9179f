-- about: a change log on the left of a temporal join
-- mode: streaming
-- compare: rows
-- inputs: cdc.ndjson, rates.ndjson

CREATE TABLE cdc (
  id INT, grp STRING, n INT, price DECIMAL(6, 2), name STRING, upd TIMESTAMP(3),
  PRIMARY KEY (id) NOT ENFORCED,
  WATERMARK FOR upd AS upd - INTERVAL '2' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/cdc.ndjson',
  'format' = 'debezium-json'
);

CREATE TABLE rates (
  currency STRING, rate DECIMAL(10, 4), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts,
  PRIMARY KEY (currency) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/rates.ndjson',
  'format' = 'json'
);

SELECT c.id, r.rate FROM cdc AS c JOIN rates FOR SYSTEM_TIME AS OF c.upd AS r ON c.name = r.currency;
