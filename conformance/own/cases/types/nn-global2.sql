-- about: result schema of nn-global2
-- mode: streaming
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

SELECT FIRST_VALUE(amount) AS fv, LAST_VALUE(amount) AS lv, LISTAGG(DISTINCT action) AS la, COUNT(*) + 1 AS c1, SUM(amount) + 1 AS s1, COALESCE(SUM(amount), 0) AS co FROM a;
