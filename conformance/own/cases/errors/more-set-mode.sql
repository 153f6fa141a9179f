-- about: a runtime mode that does not exist
-- mode: streaming
-- compare: error
-- inputs: left.ndjson

SET 'execution.runtime-mode' = 'sideways';

CREATE TABLE lhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/left.ndjson',
  'format' = 'json'
);

SELECT k FROM lhs;
