-- about: an unknown column in LATERAL
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

CREATE TABLE lhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/left.ndjson',
  'format' = 'json'
);

SELECT * FROM lhs, LATERAL (SELECT * FROM nothing WHERE x = lhs.k) AS t;
