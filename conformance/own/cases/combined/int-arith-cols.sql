-- about: integer arithmetic between widths
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

SELECT id, ti + si AS a, ti * ti AS b, si * si AS c, i * 2 AS d, i / 7 AS e, MOD(i, 10) AS f, MOD(l, 100) AS g, -i AS h, ti / 2 AS k, si - l AS m, i * CAST(2 AS BIGINT) AS n, f * 2 AS o, d + 1 AS p FROM numbers;
