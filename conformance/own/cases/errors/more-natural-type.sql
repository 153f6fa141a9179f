-- about: NATURAL JOIN over columns of different types
-- mode: streaming
-- compare: error
-- inputs: left.ndjson, nulls.ndjson

CREATE TABLE lhs (
  k INT, v STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/left.ndjson',
  'format' = 'json'
);

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/nulls.ndjson',
  'format' = 'json'
);

SELECT * FROM nulls NATURAL JOIN (SELECT CAST(a AS STRING) AS a FROM nulls) AS t;
