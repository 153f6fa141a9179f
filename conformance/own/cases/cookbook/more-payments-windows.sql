-- about: converted payments in windows
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
  WATERMARK FOR ts AS ts,
  PRIMARY KEY (currency) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/rates.ndjson',
  'format' = 'json'
);

CREATE VIEW conv AS SELECT p.pay_id, p.currency, CAST(p.amount * r.rate AS DECIMAL(14, 2)) AS eur, p.ts FROM payments AS p LEFT JOIN rates FOR SYSTEM_TIME AS OF p.ts AS r ON p.currency = r.currency;

SELECT window_start, currency, SUM(eur) AS s, COUNT(*) AS c FROM TUMBLE(TABLE conv, DESCRIPTOR(ts), INTERVAL '1' MINUTE) GROUP BY window_start, window_end, currency;
