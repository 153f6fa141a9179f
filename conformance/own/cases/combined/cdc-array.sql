-- about: ARRAY_AGG unnested again over a changelog, counted
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

SELECT t.n AS nm, COUNT(*) AS c FROM (SELECT grp, ARRAY_AGG(name) AS names FROM changes GROUP BY grp) AS g CROSS JOIN UNNEST(g.names) AS t(n) GROUP BY t.n;
