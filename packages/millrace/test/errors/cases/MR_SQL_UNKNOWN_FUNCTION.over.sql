SELECT ROWNUMBER() OVER (ORDER BY a) AS n FROM (VALUES (1)) AS t (a);
-- Unknown function ROWNUMBER at 1:8. Did you mean "ROW_NUMBER"?
-- 1 | SELECT ROWNUMBER() OVER (ORDER BY a) AS n FROM (VALUES (1)) AS t (a);
--            ^^^^^^^^^
-- Use a built-in function, or register your own.
