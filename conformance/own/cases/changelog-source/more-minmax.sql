-- about: extremes over a change log
-- mode: streaming
-- compare: rows
-- inputs: cdc.ndjson

CREATE TABLE cdc (
  id INT, grp STRING, n INT, price DECIMAL(6, 2), name STRING, upd TIMESTAMP(3),
  PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/cdc.ndjson',
  'format' = 'debezium-json'
);

SELECT grp, MIN(n) AS mn, MAX(n) AS mx, MIN(name) AS nn, MAX(upd) AS u, MAX(price) AS p FROM cdc GROUP BY grp;
