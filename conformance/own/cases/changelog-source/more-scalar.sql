-- about: a scalar sub-query over a change log
-- mode: streaming
-- compare: rows
-- inputs: cdc.ndjson, cdc2.ndjson

CREATE TABLE cdc (
  id INT, grp STRING, n INT, price DECIMAL(6, 2), name STRING, upd TIMESTAMP(3),
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/cdc.ndjson',
  'format' = 'debezium-json'
);

CREATE TABLE cdc2 (
  grp STRING, boss STRING, lim INT, ts TIMESTAMP(3),
  PRIMARY KEY (grp) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/cdc2.ndjson',
  'format' = 'debezium-json'
);

SELECT id, n, (SELECT MAX(lim) FROM cdc2) AS m FROM cdc WHERE n < (SELECT SUM(lim) FROM cdc2);
