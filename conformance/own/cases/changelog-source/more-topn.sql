-- about: Top-N over a change log, with its rank
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

SELECT grp, rn, id, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY grp ORDER BY n DESC NULLS LAST, id) AS rn FROM cdc) WHERE rn <= 2;
