-- about: join or null key
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

SELECT l.k, l.v, r.k AS rk, r.v AS rv FROM lhs AS l JOIN rhs AS r ON l.k = r.k OR (l.k IS NULL AND r.k IS NULL);
