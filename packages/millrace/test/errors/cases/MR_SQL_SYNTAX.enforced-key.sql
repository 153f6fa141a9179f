CREATE TABLE t (
  id BIGINT PRIMARY KEY
) WITH ('connector' = 'print');
-- Syntax error at 3:1: found ), expected NOT ENFORCED.
-- 3 | ) WITH ('connector' = 'print');
--     ^
-- The key is a promise of the data, which nothing checks: add NOT ENFORCED.
