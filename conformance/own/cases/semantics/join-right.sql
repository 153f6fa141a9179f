-- about: join-right
-- mode: both
-- compare: rows
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lft (
  k INT, v STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/left.ndjson', 'format' = 'json');
CREATE TABLE rgt (
  k INT, v STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/right.ndjson', 'format' = 'json');

SELECT l.k, l.v, r.k AS rk, r.v AS rv FROM lft AS l RIGHT JOIN rgt AS r ON l.k = r.k;
