-- about: sub exists nested
-- mode: both
-- compare: rows
-- inputs: left.ndjson, right.ndjson

CREATE TABLE lhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/left.ndjson',
  'format' = 'json'
);

CREATE TABLE rhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/right.ndjson',
  'format' = 'json'
);

SELECT k FROM lhs AS l WHERE EXISTS (SELECT 1 FROM rhs AS r WHERE r.k = l.k AND EXISTS (SELECT 1 FROM lhs AS i WHERE i.v = r.v AND i.k > 3));
