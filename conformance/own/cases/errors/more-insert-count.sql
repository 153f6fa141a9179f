-- about: an INSERT of too many columns
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

CREATE TABLE out1 (a INT) WITH ('connector' = 'blackhole');

INSERT INTO out1 SELECT k, v FROM lhs;

SELECT k FROM lhs;
