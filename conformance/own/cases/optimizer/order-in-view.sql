-- about: grouping the rows of an ordered WITH
-- mode: both
-- compare: rows
-- inputs: duplicates.ndjson

CREATE TABLE t (
  id INT NOT NULL, a INT, b INT, PRIMARY KEY (id) NOT ENFORCED
) WITH (
  'connector' = 'filesystem', 'path' = '${DATA}/duplicates.ndjson', 'format' = 'json'
);
CREATE TABLE u (
  id INT, a INT, b INT
) WITH (
  'connector' = 'filesystem', 'path' = '${DATA}/duplicates.ndjson', 'format' = 'json'
);
WITH v AS (SELECT id, a FROM u ORDER BY a DESC) SELECT id, SUM(a) AS s FROM v GROUP BY id;
