-- about: expressions in measures
-- mode: streaming
-- compare: rows
-- inputs: stocks.ndjson

CREATE TABLE stocks (
  stock STRING, `value` INT, log_time TIMESTAMP(3),
  WATERMARK FOR log_time AS log_time - INTERVAL '5' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/stocks.ndjson',
  'format' = 'json'
);

SELECT stock, CASE WHEN up > 10 THEN 'jump' ELSE 'step' END AS k, up FROM stocks MATCH_RECOGNIZE (PARTITION BY stock ORDER BY log_time MEASURES COALESCE(LAST(U.`value`), 0) - S.`value` AS up, UPPER(S.stock) AS n PATTERN (S U+? E) DEFINE U AS U.`value` > S.`value`, E AS E.`value` < S.`value`);
