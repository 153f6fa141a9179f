-- about: NOT EXISTS and IN over changelogs
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson, stock.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(8, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/changes.debezium.ndjson',
  'format' = 'debezium-json'
);

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3),
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/stock.debezium.ndjson',
  'format' = 'debezium-json'
);

SELECT s.id, s.name FROM stock AS s WHERE NOT EXISTS (SELECT 1 FROM changes AS c WHERE c.name = s.name AND c.ok) AND s.id IN (SELECT MOD(id, 10) FROM changes);
