CREATE FUNCTION plus AS './missing.ts#plus' LANGUAGE TYPESCRIPT;
SELECT plus(1);
-- './missing.ts#plus' at 1:1 is not found.
-- 1 | CREATE FUNCTION plus AS './missing.ts#plus' LANGUAGE TYPESCRIPT;
--     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
-- Name an export made by scalarFunction(), asyncFunction(), aggregateFunction(), tableFunction() or overloads(): './module.ts#name'. Paths start at the script's folder.
