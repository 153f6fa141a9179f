// The board of the page: three airports now, where it is worst, alerts as they come, and all routes around New York.
//
// Its tables are small and live in memory: what is newest of each airport, route and place, kept by the same job.

import { type AnyTable, live, type Millrace } from 'millrace'

/** What the board shows of the pipeline, beside `clean_departures`. */
export interface BoardTables {
  /** Registered as `routes_3h`. */
  readonly routes: AnyTable
  /** Registered as `worst_3h`. */
  readonly worstRoutes: AnyTable
  readonly alerts: AnyTable
}

/** Minutes of mean delay. */
const LATE = { column: 'mean_delay_min', warn: 15, bad: 40 }
const MEAN_DELAY = { column: 'mean_delay_min', title: 'mean delay', unit: 'min' }
const FLIGHTS = { column: 'flights' }

export function addBoard(app: Millrace, { alerts }: BoardTables): void {
  app.sql`
    SELECT origin, window_end, flights, mean_delay_min, late_percent
    FROM (
      SELECT *, ROW_NUMBER() OVER (PARTITION BY origin ORDER BY window_end DESC) AS rn
      FROM (
        SELECT origin, window_start, window_end, COUNT(*) AS flights, AVG(CAST(delay_min AS DOUBLE)) AS mean_delay_min,
               100.0E0 * SUM(CASE WHEN delay_min >= 15 THEN 1 ELSE 0 END) / COUNT(*) AS late_percent
        FROM TABLE(HOP(TABLE clean_departures, DESCRIPTOR(event_time), INTERVAL '5' MINUTES, INTERVAL '1' HOUR))
        GROUP BY origin, window_start, window_end
      )
    ) WHERE rn = 1`.into(live('airports_now'), { primaryKey: ['origin'] })
  app.sql`
    SELECT place, origin, dest, window_end, flights, mean_delay_min
    FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY place ORDER BY window_end DESC) AS rn FROM worst_3h)
    WHERE rn = 1`.into(live('worst_routes_now'), { primaryKey: ['place'] })
  app.sql`
    SELECT r.origin, r.dest, r.window_end, r.flights, r.mean_delay_min,
           CAST(f.lat AS DOUBLE) AS origin_lat, CAST(f.lon AS DOUBLE) AS origin_lon,
           CAST(t.lat AS DOUBLE) AS dest_lat, CAST(t.lon AS DOUBLE) AS dest_lon
    FROM (SELECT *, PROCTIME() AS now FROM routes_3h) AS r
    LEFT JOIN airports FOR SYSTEM_TIME AS OF r.now AS f ON r.origin = f.faa
    LEFT JOIN airports FOR SYSTEM_TIME AS OF r.now AS t ON r.dest = t.faa`.as('placed_routes')
  app.sql`
    SELECT origin, dest, window_end, flights, mean_delay_min, origin_lat, origin_lon, dest_lat, dest_lon
    FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY origin, dest ORDER BY window_end DESC) AS rn FROM placed_routes)
    WHERE rn = 1`.into(live('routes_now'), { primaryKey: ['origin', 'dest'] })
  alerts.into(live('delay_alerts', { maxRows: 200 }))

  app.board({
    title: 'Departures from New York',
    tiles: [
      {
        kind: 'figures',
        title: 'Airports, last hour',
        table: 'airports_now',
        label: 'origin',
        value: MEAN_DELAY,
        details: [FLIGHTS, { column: 'late_percent', title: '15 min late or more', unit: '%' }],
        tone: LATE,
      },
      {
        kind: 'routes',
        title: 'Routes, last three hours',
        table: 'routes_now',
        latest: 'window_end',
        from: { latitude: 'origin_lat', longitude: 'origin_lon', label: 'origin' },
        to: { latitude: 'dest_lat', longitude: 'dest_lon', label: 'dest' },
        weight: FLIGHTS,
        value: MEAN_DELAY,
        tone: LATE,
      },
      {
        kind: 'ranking',
        title: 'Worst routes, last three hours',
        table: 'worst_routes_now',
        latest: 'window_end',
        labels: ['origin', 'dest'],
        value: MEAN_DELAY,
        details: [FLIGHTS],
        tone: LATE,
        limit: 5,
      },
      {
        kind: 'feed',
        title: 'Alerts',
        table: 'delay_alerts',
        time: 'at',
        labels: ['origin', 'state'],
        details: [MEAN_DELAY, FLIGHTS],
        trouble: { column: 'state', value: 'raised' },
      },
      {
        kind: 'lines',
        title: 'Mean delay by quarter of an hour',
        table: 'delays_15m',
        time: 'window_start',
        series: 'origin',
        value: { ...MEAN_DELAY, unit: ' min' },
      },
    ],
  })
}
