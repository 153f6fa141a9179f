-- about: an aggregate joined with a change log
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

SELECT d.grp, d.boss, a.c FROM cdc2 AS d LEFT JOIN (SELECT grp, COUNT(*) AS c FROM cdc GROUP BY grp) AS a ON d.grp = a.grp;
