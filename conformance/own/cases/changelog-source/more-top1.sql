-- about: the last row of each group of a change log
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

SELECT grp, id, upd FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY grp ORDER BY upd DESC, id) AS rn FROM cdc) WHERE rn = 1;
