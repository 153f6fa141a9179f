-- about: DECIMALs with integers and doubles
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

SELECT id, p + i AS pi, p * ti AS pt, p / si AS ps, q - l AS ql, p + d AS pd, q * f AS qf, p % 7 AS pm, CAST(p AS INT) AS ci, CAST(q AS BIGINT) AS cb, FLOOR(q) AS fq, CEIL(p) AS cp, TRUNCATE(q, 2) AS tq, SIGN(p) AS sg, p > i AS gt, p = q AS eq FROM numbers;
