-- about: aggregates of aggregates of a change log
-- mode: streaming
-- compare: error
-- inputs: cdc.ndjson

CREATE TABLE cdc (
  id INT, grp STRING, n INT, price DECIMAL(6, 2), name STRING, upd TIMESTAMP(3),
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/cdc.ndjson',
  'format' = 'debezium-json'
);

SELECT c, COUNT(*) AS groups, MAX(s) AS m FROM (SELECT name, COUNT(*) AS c, SUM(n) AS s FROM cdc GROUP BY name) GROUP BY c;
