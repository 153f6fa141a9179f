CREATE TABLE orders (
  id BIGINT, product STRING, amount INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');

CREATE TABLE changes (id BIGINT, product STRING) WITH (
  'connector' = 'filesystem', 'path' = 'changes.ndjson',
  'format' = 'changelog-json', 'changelog-json.mode' = 'I,UA,D'
);

SELECT product, COUNT(*) AS n FROM changes GROUP BY product;
-- table changes gives rows that replace each other, but has no primary key (at 6:1)
-- 6 | CREATE TABLE changes (id BIGINT, product STRING) WITH (
--     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
-- Declare PRIMARY KEY (…) NOT ENFORCED on it.
