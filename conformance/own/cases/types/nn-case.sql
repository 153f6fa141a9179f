-- about: result schema of nn-case
-- mode: both
-- compare: rows
-- inputs: activity.ndjson

CREATE TABLE a (
  user_id STRING NOT NULL, action STRING NOT NULL, amount INT NOT NULL, ts TIMESTAMP(3),
  d AS CAST(amount AS DOUBLE), de AS CAST(amount AS DECIMAL(10, 2)),
  WATERMARK FOR ts AS ts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/activity.ndjson',
  'format' = 'json'
);

SELECT CASE amount WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END AS a, CASE WHEN amount > 10 THEN amount END AS b, amount > 10 AS c, amount IN (1, 2) AS d, user_id LIKE 'u%' AS e, user_id IS NULL AS f, amount BETWEEN 1 AND 3 AS g, NOT (amount > 1) AS h, amount / 2 AS i, MOD(amount, 2) AS j, amount * de AS k, -amount AS l, ABS(amount) AS m, POWER(amount, 2) AS n, ROUND(d, 2) AS o, ROUND(de, 1) AS p FROM a;
