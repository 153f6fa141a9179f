-- about: a versioned view over a filter
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

CREATE VIEW v AS SELECT currency, CAST(rate AS DOUBLE) AS r, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY currency ORDER BY ts DESC) AS rn FROM rates WHERE currency <> 'JPY') WHERE rn = 1;

SELECT p.pay_id, p.currency, v.r FROM payments AS p LEFT JOIN v FOR SYSTEM_TIME AS OF p.ts ON p.currency = v.currency;
