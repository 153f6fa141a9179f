-- about: MAX where the conditions exclude each other
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
SELECT MAX(a) AS m FROM u WHERE a > 5 AND a < 3;
