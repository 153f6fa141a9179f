-- about: join-noneq
-- mode: batch
-- compare: rows
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lft (
  k INT, v STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/left.ndjson', 'format' = 'json');
CREATE TABLE rgt (
  k INT, v STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/right.ndjson', 'format' = 'json');

SELECT l.k, r.k AS rk FROM lft AS l JOIN rgt AS r ON l.k < r.k;
