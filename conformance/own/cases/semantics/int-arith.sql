-- about: int-arith
-- mode: both
-- compare: rows
-- inputs: numbers.ndjson

CREATE TABLE numbers (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(20, 4)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/numbers.ndjson', 'format' = 'json');

SELECT id, ti + si AS a, i * 2 AS b, l / 7 AS c, MOD(l, 10) AS e, i - l AS g, ti * ti AS h, si / ti AS j FROM numbers WHERE ti <> 0;
