-- about: names unicode
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE lhs (k INT, v STRING) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT k AS `größe`, v AS _x FROM lhs;
