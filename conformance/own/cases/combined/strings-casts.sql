-- about: TRY_CAST of odd strings to each type
-- mode: both
-- compare: rows
-- inputs: strings.ndjson

CREATE TABLE strings (
  id INT, s STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/strings.ndjson',
  'format' = 'json'
);

SELECT id, TRY_CAST(s AS INT) AS i, TRY_CAST(s AS DOUBLE) AS d, TRY_CAST(s AS DECIMAL(6, 1)) AS p, TRY_CAST(s AS BOOLEAN) AS b, TRY_CAST(s AS DATE) AS dt, TRY_CAST(s AS TIMESTAMP(3)) AS t, TRY_CAST(s AS TINYINT) AS ti, CAST(s AS CHAR(3)) AS c, CAST(s AS VARCHAR(2)) AS v, CAST(s AS BYTES) AS by1 FROM strings;
