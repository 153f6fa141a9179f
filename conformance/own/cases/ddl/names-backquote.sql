-- about: names backquote
-- mode: both
-- compare: rows
-- inputs: left.ndjson

CREATE TABLE `my table` (`k` INT, `a``b` AS k) WITH ('connector'='filesystem','path'='${DATA}/left.ndjson','format'='json');

SELECT `a``b` FROM `my table`;
