-- about: ROLLUP over a changelog with HAVING
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

SELECT grp, ok, COUNT(*) AS c, SUM(price) AS s, AVG(x) AS a FROM changes GROUP BY ROLLUP (grp, ok) HAVING COUNT(*) > 2;
