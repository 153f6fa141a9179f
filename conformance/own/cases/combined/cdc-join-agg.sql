-- about: two changelogs joined and grouped
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson, stock.debezium.ndjson

CREATE TABLE stock (
  id INT, name STRING, stock INT, upd TIMESTAMP(3),
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/stock.debezium.ndjson',
  'format' = 'debezium-json'
);

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(8, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/changes.debezium.ndjson',
  'format' = 'debezium-json'
);

SELECT c.grp, COUNT(*) AS n, SUM(s.stock) AS st, SUM(c.price) AS pr, MAX(s.name) AS nm FROM changes AS c JOIN stock AS s ON MOD(c.id, 10) = s.id GROUP BY c.grp;
