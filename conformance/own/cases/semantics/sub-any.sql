-- about: sub-any
-- mode: batch
-- compare: rows
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lft (
  k INT, v STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/left.ndjson', 'format' = 'json');
CREATE TABLE rgt (
  k INT, v STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/right.ndjson', 'format' = 'json');

SELECT k FROM lft WHERE k > ALL (SELECT k FROM rgt WHERE k IS NOT NULL);
