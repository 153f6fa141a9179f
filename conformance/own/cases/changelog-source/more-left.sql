-- about: two change logs joined LEFT with a condition
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

SELECT c.id, c.n, d.boss, d.lim FROM cdc AS c LEFT JOIN cdc2 AS d ON c.grp = d.grp AND c.n > d.lim;
