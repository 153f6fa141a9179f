-- about: an INSERT whose types do not meet
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

CREATE TABLE out1 (a TIMESTAMP(3)) WITH ('connector' = 'blackhole');

INSERT INTO out1 SELECT k FROM lhs;

SELECT k FROM lhs;
