-- about: ddl all types
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE t (k INTEGER, v CHARACTER VARYING(20), a DEC(10,2), b NUMERIC, c DOUBLE PRECISION, d TIMESTAMP WITH LOCAL TIME ZONE, e TIMESTAMP(3) WITHOUT TIME ZONE, f ROW<x INT 'the x', y ROW<z STRING>>, g MAP<STRING, ARRAY<INT>>, h MULTISET<STRING>, i INT ARRAY, j STRING MULTISET, l BYTES, m VARBINARY(3), n BINARY VARYING(4), o TIME, p CHAR(3), q TINYINT, r SMALLINT, s FLOAT, u BOOLEAN, w TIMESTAMP_LTZ(6), x ARRAY<ROW<a INT NOT NULL> NOT NULL>, y ROW(a INT, b STRING), z DATE COMMENT 'day') WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT * FROM t;
