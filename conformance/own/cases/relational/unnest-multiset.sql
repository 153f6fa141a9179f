-- about: unnest multiset
-- mode: streaming
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE lhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/left.ndjson',
  'format' = 'json'
);

SELECT t.v, u.k FROM (SELECT v, COLLECT(k) AS ks FROM lhs GROUP BY v) AS t, UNNEST(t.ks) AS u(k);
