-- about: decimal-arith
-- mode: both
-- compare: rows
-- inputs: numbers.ndjson

CREATE TABLE numbers (
  id INT, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, p DECIMAL(9, 2), q DECIMAL(20, 4)
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/numbers.ndjson', 'format' = 'json');

SELECT id, p + q AS a, p - q AS b, p * q AS c, p / q AS e, MOD(q, p) AS g, -p AS h, ABS(q) AS j, ROUND(q, 1) AS k, TRUNCATE(q, 2) AS l2 FROM numbers WHERE p <> 0 AND q IS NOT NULL;
