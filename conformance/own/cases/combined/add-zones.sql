-- about: TIMESTAMPADD and intervals on LTZ values across DST
-- mode: both
-- compare: rows
-- inputs: 

SET 'table.local-time-zone' = 'Europe/Paris';

SELECT TIMESTAMPADD(HOUR, 24, a) AS h, TIMESTAMPADD(DAY, 1, a) AS d, TIMESTAMPADD(MONTH, 1, a) AS m, a + INTERVAL '1' DAY AS i, a + INTERVAL '1' MONTH AS im, a - INTERVAL '1' YEAR AS y FROM (SELECT CAST(x AS TIMESTAMP_LTZ(3)) AS a FROM (VALUES TIMESTAMP '2024-03-30 12:00:00', TIMESTAMP '2024-10-26 12:00:00', TIMESTAMP '2024-01-31 00:30:00', TIMESTAMP '2024-02-29 23:45:00') AS v(x));
