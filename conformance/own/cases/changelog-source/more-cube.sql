-- about: CUBE over a change log
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

SELECT grp, name, COUNT(*) AS c, GROUPING_ID(grp, name) AS g FROM cdc GROUP BY CUBE (grp, name);
