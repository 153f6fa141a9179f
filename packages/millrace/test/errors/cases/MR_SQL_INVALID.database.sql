USE analytics;
-- There is no database "default_catalog.analytics" at 1:5.
-- 1 | USE analytics;
--         ^^^^^^^^^
-- Create it with CREATE DATABASE.
