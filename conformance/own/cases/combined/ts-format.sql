-- about: formats and parses of timestamps
-- mode: both
-- compare: rows
-- inputs: temporal.ndjson

CREATE TABLE temporal (
  id INT, d DATE, tm TIME(0), ts0 TIMESTAMP(0), ts TIMESTAMP(3), lz TIMESTAMP_LTZ(3), epoch BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/temporal.ndjson',
  'format' = 'json'
);

SELECT id, DATE_FORMAT(ts, 'EEE dd MMM yyyy HH:mm') AS a, DATE_FORMAT(ts0, 'yyDDD''T''HHmmss') AS b, TO_TIMESTAMP(DATE_FORMAT(ts, 'yyyy/MM/dd HH:mm'), 'yyyy/MM/dd HH:mm') AS c, TO_DATE(CAST(d AS STRING)) AS d1, CAST(tm AS STRING) AS e, UNIX_TIMESTAMP(DATE_FORMAT(ts0, 'yyyy-MM-dd HH:mm:ss')) AS f, CAST(ts AS TIMESTAMP(0)) AS g, CAST(ts AS TIMESTAMP(6)) AS h, CAST(lz AS TIMESTAMP_LTZ(0)) AS i FROM temporal;
