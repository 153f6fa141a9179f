-- about: ddl database
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE DATABASE d1;

CREATE TABLE d1.t (k INT) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT t.k, d1.t.k AS k2, default_catalog.d1.t.k AS k3 FROM default_catalog.d1.t;
