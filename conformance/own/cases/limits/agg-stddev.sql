-- about: deviations of few values and NULLs
-- mode: both
-- compare: rows
-- inputs: ev.ndjson

CREATE TABLE ev (
  id BIGINT, k STRING, v INT, amt DECIMAL(38, 18), big BIGINT, d DOUBLE, ok BOOLEAN, ts TIMESTAMP(3)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/ev.ndjson',
  'format' = 'json'
);

SELECT k, STDDEV_POP(v) AS sp, STDDEV_SAMP(CAST(v AS DOUBLE)) AS ss, VAR_POP(CAST(id AS DOUBLE)) AS vp, VAR_SAMP(id) AS vs FROM ev WHERE v < 100 GROUP BY k;
