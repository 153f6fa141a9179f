-- about: a rolling average and the move against it
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

SELECT stock, log_time, `value`, AVG(`value`) OVER w AS av, MAX(`value`) OVER w - MIN(`value`) OVER w AS spread FROM stocks WINDOW w AS (PARTITION BY stock ORDER BY log_time RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW);
