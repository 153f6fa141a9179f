-- about: LISTAGG of NULLs alone
-- mode: streaming
-- compare: rows
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/nulls.ndjson',
  'format' = 'json'
);

SELECT flag, LISTAGG(CASE WHEN flag THEN s END, '+') AS l, COUNT(s) AS c FROM nulls WHERE id < 20 GROUP BY flag;
