-- about: agg-var
-- mode: both
-- compare: rows
-- inputs: numbers.ndjson

CREATE TABLE numbers (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(20, 4)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/numbers.ndjson', 'format' = 'json');

SELECT STDDEV_POP(d) AS a, STDDEV_SAMP(p) AS b, VAR_POP(i) AS c, VAR_SAMP(l) AS e, STDDEV(ti) AS g, VARIANCE(f) AS h FROM numbers;
