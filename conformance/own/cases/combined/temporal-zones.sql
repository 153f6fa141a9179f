-- about: LTZ columns under a zone with a half hour and DST
-- mode: both
-- compare: rows
-- inputs: temporal.ndjson

SET 'table.local-time-zone' = 'Australia/Lord_Howe';

CREATE TABLE temporal (
  id INT, d DATE, tm TIME(0), ts0 TIMESTAMP(0), ts TIMESTAMP(3), lz TIMESTAMP_LTZ(3), epoch BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/temporal.ndjson',
  'format' = 'json'
);

SELECT id, CAST(lz AS TIMESTAMP(3)) AS a, CAST(lz AS STRING) AS s, CAST(ts AS TIMESTAMP_LTZ(3)) AS b, CAST(lz AS DATE) AS c, HOUR(lz) AS h, EXTRACT(DAY FROM lz) AS d1, FLOOR(lz TO DAY) AS f, CEIL(lz TO HOUR) AS ce, DATE_FORMAT(lz, 'yyyy-MM-dd''T''HH:mm:ss') AS df, lz + INTERVAL '1' DAY AS nx, TIMESTAMPDIFF(HOUR, lz, CAST(ts AS TIMESTAMP_LTZ(3))) AS df2, CAST(d AS TIMESTAMP_LTZ(3)) AS dl, TO_TIMESTAMP_LTZ(epoch, 0) AS ep, FROM_UNIXTIME(epoch) AS fu, UNIX_TIMESTAMP(CAST(ts0 AS STRING)) AS ut FROM temporal;
