-- about: DISTINCT of nothing
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

SELECT COUNT(DISTINCT) FROM lhs;
