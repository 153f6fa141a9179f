-- about: j03-temporal-view
-- mode: streaming
-- compare: rows
-- inputs: payments.ndjson, rates.ndjson

CREATE TABLE payments (
  pay_id INT, currency STRING, amount DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/payments.ndjson', 'format' = 'json');
CREATE TABLE rates_log (
  currency STRING, rate DECIMAL(12, 4), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/rates.ndjson', 'format' = 'json');
CREATE VIEW rates AS SELECT currency, rate, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY currency ORDER BY ts DESC) AS rn FROM rates_log) WHERE rn = 1;

SELECT r.currency, SUM(p.amount * r.rate) AS total, COUNT(*) AS n FROM payments AS p JOIN rates FOR SYSTEM_TIME AS OF p.ts AS r ON p.currency = r.currency GROUP BY r.currency;
