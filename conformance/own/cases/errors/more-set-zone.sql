-- about: a time zone that does not exist
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

SET 'table.local-time-zone' = 'Mars/Olympus';

CREATE TABLE lhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/left.ndjson',
  'format' = 'json'
);

SELECT k FROM lhs;
