-- about: an ordered sub-query of IN
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
SELECT id FROM u WHERE id IN (SELECT id FROM u ORDER BY b);
