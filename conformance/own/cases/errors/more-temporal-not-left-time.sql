-- about: a temporal join at the right side's time
-- mode: streaming
-- compare: error
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
  WATERMARK FOR ts AS ts,
  PRIMARY KEY (currency) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/rates.ndjson',
  'format' = 'json'
);

SELECT p.pay_id FROM payments AS p JOIN rates FOR SYSTEM_TIME AS OF r.ts AS r ON p.currency = r.currency;
