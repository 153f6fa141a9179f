CREATE CATALOG lake;
-- The catalog lacks its 'type' at 1:16.
-- 1 | CREATE CATALOG lake;
--                    ^^^^
-- Catalogs are in memory: WITH ('type' = 'generic_in_memory').
