-- about: a view of its own name
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

CREATE VIEW v AS SELECT * FROM v;

SELECT * FROM v;
