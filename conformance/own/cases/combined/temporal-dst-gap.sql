-- about: local times in gaps and overlaps of DST
-- mode: both
-- compare: rows
-- inputs: 

SET 'table.local-time-zone' = 'Europe/Paris';

SELECT s, CAST(t AS TIMESTAMP_LTZ(3)) AS l, CAST(CAST(t AS TIMESTAMP_LTZ(3)) AS TIMESTAMP(3)) AS back, CAST(CAST(t AS TIMESTAMP_LTZ(3)) AS STRING) AS txt, CAST(t AS TIMESTAMP_LTZ(3)) + INTERVAL '1' HOUR AS plus, UNIX_TIMESTAMP(s) AS u FROM (VALUES ('2024-03-31 01:59:59', TIMESTAMP '2024-03-31 01:59:59'), ('2024-03-31 02:30:00', TIMESTAMP '2024-03-31 02:30:00'), ('2024-10-27 02:30:00', TIMESTAMP '2024-10-27 02:30:00'), ('2024-10-27 03:00:00', TIMESTAMP '2024-10-27 03:00:00')) AS v(s, t);
