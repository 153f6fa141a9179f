-- about: GROUP BY of no rows
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
SELECT id, COUNT(*) AS n FROM u WHERE 1 = 0 GROUP BY id;
