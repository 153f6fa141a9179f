-- about: a FULL self join of a changelog through aggregates
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

SELECT a.grp, a.c, b.c AS okc FROM (SELECT grp, COUNT(*) AS c FROM changes GROUP BY grp) AS a FULL JOIN (SELECT grp, COUNT(*) AS c FROM changes WHERE ok GROUP BY grp) AS b ON a.grp = b.grp;
