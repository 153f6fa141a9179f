SELECT product, COUNT(*) AS n
FORM orders
GROUP BY product;
-- Syntax error at 2:1: found FORM, expected ; or the end of the statement.
-- 2 | FORM orders
--     ^^^^
-- Did you mean FROM?
