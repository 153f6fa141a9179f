-- about: join-natural
-- mode: both
-- compare: rows
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lft (
  k INT, v STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/left.ndjson', 'format' = 'json');
CREATE TABLE rgt (
  k INT, v STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/right.ndjson', 'format' = 'json');

SELECT * FROM lft NATURAL LEFT JOIN rgt;
