-- about: order-nulls
-- mode: batch
-- compare: ordered
-- inputs: nulls.ndjson

CREATE TABLE nulls (
  id INT, a INT, b INT, s STRING, flag BOOLEAN, d DOUBLE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/nulls.ndjson', 'format' = 'json');

SELECT id, a FROM nulls ORDER BY a NULLS LAST, id DESC;
