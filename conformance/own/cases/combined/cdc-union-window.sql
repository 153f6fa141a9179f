-- about: UNION ALL of changelogs, grouped with DISTINCT and FILTER
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

SELECT k, COUNT(*) AS c, COUNT(DISTINCT name) AS d, MAX(v) AS mx, MIN(v) FILTER (WHERE v > 0) AS mn FROM (SELECT 'c' AS k, name, n AS v FROM changes UNION ALL SELECT 's', name, stock FROM stock) GROUP BY k;
