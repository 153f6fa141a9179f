// What the warehouse must hold, computed by DuckDB from the raw tables: its own SQL, none of Millrace's plans.

/** Queries that give the expected rows of each table, over the views of `oracleViews`. */
export const EXPECTED: Readonly<Record<string, string>> = {
  fact_flights: `
    SELECT d.flight_id, d.carrier, al.name AS airline, d.flight, d.tailnum, p.manufacturer, p.model, d.origin, d.dest,
           ap.name AS destination, d.distance, d.scheduled AS scheduled_at, d.departed AS departed_at,
           d.dep_delay AS departure_delay_min, a.arrived AS arrived_at,
           CASE WHEN a.arrived IS NOT NULL THEN d.arr_delay END AS arrival_delay_min,
           CASE WHEN a.arrived IS NOT NULL THEN d.air_time END AS air_time,
           w.temp, w.wind_speed, w.visib
    FROM departed d
    LEFT JOIN airlines al USING (carrier)
    LEFT JOIN planes p USING (tailnum)
    LEFT JOIN airports ap ON d.dest = ap.faa
    LEFT JOIN arrived a USING (flight_id)
    ASOF LEFT JOIN weather w ON d.origin = w.origin AND d.departed >= w.observed_at`,
  delays_15m: `
    SELECT origin, time_bucket(INTERVAL 15 MINUTE, departed, TIMESTAMP '2013-01-01') AS window_start,
           window_start + INTERVAL 15 MINUTE AS window_end, count(*) AS flights, avg(dep_delay) AS mean_delay_min
    FROM departed GROUP BY ALL`,
  worst_routes_3h: `
    WITH windowed AS (
      SELECT origin, dest, dep_delay, time_bucket(INTERVAL 15 MINUTE, departed, TIMESTAMP '2013-01-01')
               - i * INTERVAL 15 MINUTE AS window_start
      FROM departed, range(12) AS slides(i)),
    routes AS (
      SELECT window_start, window_start + INTERVAL 3 HOUR AS window_end, origin, dest, count(*) AS flights,
             avg(dep_delay) AS mean_delay_min
      FROM windowed GROUP BY ALL HAVING count(*) >= 3)
    SELECT origin, dest, window_start, window_end, flights, mean_delay_min,
           row_number() OVER (PARTITION BY window_start ORDER BY mean_delay_min DESC, origin, dest) AS place
    FROM routes QUALIFY place <= 5`,
  carrier_totals: `
    SELECT carrier, count(*) AS departures, sum(dep_delay) AS delay_min FROM departed GROUP BY carrier`,
  cancellations_by_day: `
    SELECT origin, CAST(scheduled AS DATE) AS "day", count(DISTINCT flight_id) AS cancelled
    FROM scheduled WHERE departed IS NULL GROUP BY ALL`,
  alerts: `
    WITH steps AS (
      SELECT origin, time_bucket(INTERVAL 5 MINUTE, departed - INTERVAL 1 MICROSECOND, TIMESTAMP '2013-01-01')
               + INTERVAL 5 MINUTE AS step, count(*) AS flights, sum(dep_delay) AS delay
      FROM departed GROUP BY ALL),
    grid AS (
      SELECT DISTINCT origin, step + i * INTERVAL 5 MINUTE AS "at" FROM steps, range(7) AS later(i)),
    looked AS (
      SELECT g.origin, g."at", coalesce(sum(s.flights), 0) AS flights,
             coalesce(sum(s.delay) / sum(s.flights), 0) AS mean_delay_min
      FROM grid g LEFT JOIN steps s ON s.origin = g.origin AND s.step > g."at" - INTERVAL 30 MINUTE AND s.step <= g."at"
      GROUP BY ALL),
    states AS (
      SELECT *, flights >= 5 AND mean_delay_min > 40 AS late,
             lag(flights >= 5 AND mean_delay_min > 40, 1, false) OVER (PARTITION BY origin ORDER BY "at") AS was
      FROM looked)
    SELECT origin, "at", CASE WHEN late THEN 'raised' ELSE 'cleared' END AS state, mean_delay_min, flights
    FROM states WHERE late <> was`,
}

/** Views over the raw tables: \`scheduled\` (all flights), \`departed\`, \`arrived\`, \`weather\`, and the tables of names. */
export function oracleViews(data: string): readonly string[] {
  const csv = (name: string) =>
    `read_csv('${data.replaceAll("'", "''")}/${name}.csv*', nullstr = 'NA', header = true)`
  return [
    `CREATE VIEW airlines AS FROM ${csv('airlines')}`,
    `CREATE VIEW airports AS FROM ${csv('airports')}`,
    `CREATE VIEW planes AS FROM ${csv('planes')}`,
    `CREATE VIEW weather AS
       SELECT origin, CAST(time_hour AS TIMESTAMP) AS observed_at, temp, wind_speed, visib FROM ${csv('weather')}`,
    // The tables of names say where a destination's clock is; four airports of Puerto Rico are missing from them.
    `CREATE TABLE scheduled AS
       SELECT f.*, concat(carrier, flight, '-', origin, '-', "year" * 10000 + "month" * 100 + "day", '-',
                lpad(CAST(sched_dep_time AS VARCHAR), 4, '0')) AS flight_id,
              CAST(time_hour AS TIMESTAMP) + "minute" * INTERVAL 1 MINUTE AS scheduled,
              scheduled + dep_delay * INTERVAL 1 MINUTE AS departed,
              coalesce(a.tzone, 'America/Puerto_Rico') AS zone
       FROM ${csv('flights')} f LEFT JOIN airports a ON f.dest = a.faa`,
    `CREATE VIEW departed AS FROM scheduled WHERE departed IS NOT NULL`,
    // The first moment after the departure at which the destination's clock shows arr_time: tried for three days of that clock, and
    // for the hour before, which shows the same where clocks are put back. A time that is skipped is read on the clock before.
    `CREATE TABLE arrived AS
       WITH clocks AS (
         SELECT flight_id, departed, zone,
                date_trunc('day', departed AT TIME ZONE 'UTC' AT TIME ZONE zone) + i * INTERVAL 1 DAY
                  + (arr_time // 100 % 24) * INTERVAL 1 HOUR + (arr_time % 100) * INTERVAL 1 MINUTE AS clock
         FROM departed, range(-1, 2) AS days(i) WHERE arr_time IS NOT NULL),
       moments AS (
         SELECT flight_id, departed, clock, zone, unnest([0, 1]) AS back,
                (clock AT TIME ZONE zone) AT TIME ZONE 'UTC' - back * INTERVAL 1 HOUR AS moment
         FROM clocks)
       SELECT flight_id, min(moment) AS arrived FROM moments
       WHERE moment > departed AND (back = 0 OR moment AT TIME ZONE 'UTC' AT TIME ZONE zone = clock)
       GROUP BY flight_id`,
  ]
}
