-- about: legacy windows over TIMESTAMP_LTZ under a zone
-- mode: streaming
-- compare: rows
-- inputs: activity.ndjson

SET 'table.local-time-zone' = 'Europe/Berlin';

CREATE TABLE activity (
  user_id STRING, action STRING, amount INT, ts TIMESTAMP(3),
  lts AS CAST(ts AS TIMESTAMP_LTZ(3)),
  WATERMARK FOR lts AS lts - INTERVAL '3' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '${DATA}/activity.ndjson',
  'format' = 'json'
);

SELECT TUMBLE_START(lts, INTERVAL '1' HOUR) AS s, TUMBLE_END(lts, INTERVAL '1' HOUR) AS e, TUMBLE_ROWTIME(lts, INTERVAL '1' HOUR) AS r, COUNT(*) AS c FROM activity GROUP BY TUMBLE(lts, INTERVAL '1' HOUR);
