-- about: the lowest row of each group of a changelog
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

SELECT grp, id, price FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY grp ORDER BY price, id) AS rn FROM changes WHERE price IS NOT NULL) WHERE rn = 1;
