CREATE TABLE orders (
  id BIGINT, product STRING, amount INT, ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');

CREATE TABLE copies (id BIGINT, product STRING) WITH (
  'connector' = 'filesystem', 'path' = 'copies.ndjson', 'format' = 'json'
);

INSERT INTO copies
SELECT id, product FROM orders
ON CONFLICT DO NOTHING;
-- ON CONFLICT is for tables that take upserts by their primary key, but copies (filesystem) takes inserts only (at 10:13)
-- 10 | INSERT INTO copies
--                  ^^^^^^
-- Take ON CONFLICT away, or write to a table with PRIMARY KEY (…) NOT ENFORCED whose connector and format take upserts.
