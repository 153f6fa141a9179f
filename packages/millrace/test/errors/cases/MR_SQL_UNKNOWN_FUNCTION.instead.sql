SELECT LENGTH('text') AS n;
-- Unknown function LENGTH at 1:8.
-- 1 | SELECT LENGTH('text') AS n;
--            ^^^^^^
-- Use CHAR_LENGTH(text).
