-- about: temporal agg
-- mode: streaming
-- compare: rows
-- inputs: payments.ndjson, rates.ndjson

CREATE TABLE payments (
  pay_id BIGINT, currency STRING, amount DECIMAL(12, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/payments.ndjson',
  'format' = 'json'
);

CREATE TABLE rates (
  currency STRING, rate DECIMAL(10, 4), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts, PRIMARY KEY (currency) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/rates.ndjson',
  'format' = 'json'
);

SELECT p.currency, COUNT(*) AS n, SUM(p.amount * r.rate) AS total FROM payments AS p JOIN rates FOR SYSTEM_TIME AS OF p.ts AS r ON p.currency = r.currency GROUP BY p.currency;
