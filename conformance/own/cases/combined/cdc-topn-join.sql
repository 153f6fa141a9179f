-- about: a Top-N of a changelog joined LEFT with another
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

SELECT t.grp, t.id, t.x, s.name FROM (SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY grp ORDER BY x DESC, id) AS rn FROM changes) WHERE rn <= 2) AS t LEFT JOIN stock AS s ON MOD(t.id, 10) = s.id;
