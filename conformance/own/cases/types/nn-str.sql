-- about: result schema of nn-str
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

SELECT UPPER(user_id) AS a, SUBSTRING(user_id, 1, 1) AS b, user_id || action AS c, CONCAT(user_id, 'x') AS d, CHAR_LENGTH(user_id) AS e, POSITION('u' IN user_id) AS f, TRIM(user_id) AS g, REPLACE(user_id, 'u', 'v') AS h, REGEXP_EXTRACT(user_id, '([a-z])', 1) AS i, SPLIT_INDEX(user_id, '1', 0) AS j, LPAD(user_id, 5, 'x') AS k, CAST(amount AS STRING) AS l, TRY_CAST(user_id AS INT) AS m, MD5(user_id) AS n, REVERSE(user_id) AS o, CONCAT_WS(',', user_id, action) AS p FROM a;
