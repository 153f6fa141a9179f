-- about: counting the rows of an ordered sub-query
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
SELECT COUNT(*) AS n FROM (SELECT id, a FROM u ORDER BY a) x;
