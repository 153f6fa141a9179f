-- about: a scalar sub-query over the same changelog
-- mode: streaming
-- compare: rows
-- inputs: changes.debezium.ndjson

CREATE TABLE changes (
  id INT, grp STRING, name STRING, n INT, price DECIMAL(8, 2), x DOUBLE, tm TIMESTAMP(3), ok BOOLEAN,
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/changes.debezium.ndjson',
  'format' = 'debezium-json'
);

SELECT grp, COUNT(*) AS above FROM changes WHERE x > (SELECT AVG(x) FROM changes) GROUP BY grp;
