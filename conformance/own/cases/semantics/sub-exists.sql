-- about: sub-exists
-- mode: both
-- compare: rows
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lft (
  k INT, v STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/left.ndjson', 'format' = 'json');
CREATE TABLE rgt (
  k INT, v STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/right.ndjson', 'format' = 'json');

SELECT k, v FROM lft AS l WHERE EXISTS (SELECT 1 FROM rgt AS r WHERE r.k = l.k AND r.v <> l.v);
