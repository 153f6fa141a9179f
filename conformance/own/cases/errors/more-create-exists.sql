-- about: a table that exists
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

CREATE TABLE lhs (a INT) WITH ('connector' = 'datagen');

SELECT k FROM lhs;
