-- about: NaN and infinities from doubles
-- mode: both
-- compare: rows
-- inputs: numbers.ndjson

CREATE TABLE numbers (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(20, 4)
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/numbers.ndjson',
  'format' = 'json'
);

SELECT id, LOG10(ABS(d)) AS a, SQRT(ABS(f)) AS b, POWER(f, 3) AS c, EXP(f / 100) AS e, ROUND(d, 2) AS r, CAST(f AS DOUBLE) AS fd, CAST(d AS FLOAT) AS df, CAST(d AS INT) AS di, CAST(f AS STRING) AS fs, CAST(d AS STRING) AS ds, TRUNCATE(f, 1) AS tf FROM numbers;
