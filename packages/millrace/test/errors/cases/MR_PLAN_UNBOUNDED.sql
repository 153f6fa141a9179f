CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen');
SET 'execution.runtime-mode' = 'batch';

SELECT COUNT(*) AS n FROM numbers;
-- batch mode needs input that ends, but datagen never does (at 1:1)
-- 1 | CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen');
--     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
-- Run in streaming mode, or make the source bounded.
