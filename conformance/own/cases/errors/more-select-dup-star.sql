-- about: an unknown alias with a star
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

SELECT zz.* FROM lhs;
