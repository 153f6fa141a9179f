CREATE TABLE t (
  id BIGINT,
  id STRING
) WITH ('connector' = 'print');
-- Table "t" has column "id" twice at 3:3.
-- 3 |   id STRING
--       ^^
-- Rename or remove one of them.
