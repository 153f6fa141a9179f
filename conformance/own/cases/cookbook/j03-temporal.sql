-- about: j03-temporal
-- mode: streaming
-- compare: rows
-- inputs: payments.ndjson, rates.ndjson

CREATE TABLE payments (
  pay_id INT, currency STRING, amount DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/payments.ndjson', 'format' = 'json');
CREATE TABLE rates (
  currency STRING, rate DECIMAL(12, 4), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND, PRIMARY KEY (currency) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/rates.ndjson', 'format' = 'json');

SELECT p.pay_id, p.currency, r.rate, p.amount * r.rate AS conv FROM payments AS p LEFT JOIN rates FOR SYSTEM_TIME AS OF p.ts AS r ON p.currency = r.currency;
