CREATE TABLE t (
  id BIGINT,
  PRIMARY KEY (ident) NOT ENFORCED
) WITH ('connector' = 'print');
-- Unknown column "ident" of table "t" at 3:16. Available: "id".
-- 3 |   PRIMARY KEY (ident) NOT ENFORCED
--                    ^^^^^
-- Name one of the available columns.
