// The main job: departures, arrivals and weather as they are delivered, into a warehouse, an alerts file and a page.
//
// Some parts are SQL (cleaning, deduplication, event-time joins), some typed tables (windows, look-ups, Top-5), some functions
// (alerts): all three make one plan.

import { join } from 'node:path'
import { duckdb } from '@millrace/duckdb'
import {
  avg,
  count,
  files,
  hop,
  json,
  Millrace,
  type ProgramSettings,
  t,
  type Table,
  tumble,
} from 'millrace'
import { delayAlerts } from './delay-alerts.ts'
import { addBoard } from './board.ts'
import { airportColumns, csvTable, eventColumns } from './tables.ts'

export interface FlightPaths {
  /** Tables of airlines, airports, planes. */
  readonly data: string
  /** What `prepareFeed` wrote. */
  readonly feed: string
  readonly warehouse: string
  readonly alerts: string
}

export interface FlightOptions {
  /** ms of event time per ms; absent: as fast as it goes. */
  readonly speed?: number
  readonly settings?: ProgramSettings
}

/** Enough for tables of this size; DuckDB spills to disk beyond. */
const WAREHOUSE_MEMORY = '64 MB'

/** Copies of an event come within minutes: keys of days before need not be remembered. */
const STATE_TTL_MS = 2 * 24 * 60 * 60_000

/** Outliers of the network are within this; the network model keeps to it, so nothing real is late. */
const NETWORK_DELAY = '10m'

export function createFlights(paths: FlightPaths, options: FlightOptions = {}): Millrace {
  const app = new Millrace('flights', { stateTtlMs: STATE_TTL_MS, ...options.settings })
  const pace: Record<string, string> =
    options.speed === undefined ? {} : { 'source.replay-speed': String(options.speed) }
  const feed = (name: string) =>
    files(join(paths.feed, `${name}.ndjson`), { format: json(), options: pace })
  declareEvents(app, feed)
  declareTables(app, paths.data)
  const store = (table: string) => duckdb(paths.warehouse, table, { memoryLimit: WAREHOUSE_MEMORY })

  // Raw: everything as it was delivered, duplicates too.
  app.sql`
    SELECT 'departure' AS kind, flight_id, event_time, delivered_at, delay_min FROM departures
    UNION ALL SELECT 'arrival', flight_id, event_time, delivered_at, delay_min FROM arrivals
    UNION ALL SELECT 'cancellation', flight_id, event_time, delivered_at, delay_min FROM cancellations
  `.into(store('raw_events'))

  // Clean: each event once, types as they should be.
  app.sql`
    SELECT flight_id, carrier, flight, NULLIF(tailnum, '') AS tailnum, origin, dest, distance, scheduled_at, event_time,
           CAST(delay_min AS INT) AS delay_min
    FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY flight_id ORDER BY event_time ASC) AS rn FROM departures)
    WHERE rn = 1`.as('clean_departures')
  app.sql`
    SELECT flight_id, event_time AS arrived_at, CAST(NULLIF(delay_min, '') AS INT) AS arrival_delay_min, air_time
    FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY flight_id ORDER BY event_time ASC) AS rn FROM arrivals)
    WHERE rn = 1`.as('clean_arrivals')

  // The fact table: a departure with the weather then, its names, and its arrival within a day.
  app.sql`
    SELECT d.*, w.temp, w.wind_speed, w.visib
    FROM clean_departures AS d
    LEFT JOIN weather FOR SYSTEM_TIME AS OF d.event_time AS w ON d.origin = w.origin`.as(
    'departures_in_weather',
  )
  app.sql`
    SELECT d.flight_id, d.carrier, al.name AS airline, d.flight, d.tailnum, p.manufacturer, p.model, d.origin, d.dest,
           ap.name AS destination, d.distance, d.scheduled_at, d.event_time, d.delay_min, d.temp, d.wind_speed, d.visib
    FROM (SELECT *, PROCTIME() AS now FROM departures_in_weather) AS d
    LEFT JOIN airlines FOR SYSTEM_TIME AS OF d.now AS al ON d.carrier = al.carrier
    LEFT JOIN planes FOR SYSTEM_TIME AS OF d.now AS p ON d.tailnum = p.tailnum
    LEFT JOIN airports FOR SYSTEM_TIME AS OF d.now AS ap ON d.dest = ap.faa`.as('named_departures')
  app.sql`
    SELECT d.flight_id, d.carrier, d.airline, d.flight, d.tailnum, d.manufacturer, d.model, d.origin, d.dest, d.destination,
           d.distance, d.scheduled_at, d.event_time AS departed_at, d.delay_min AS departure_delay_min,
           a.arrived_at, a.arrival_delay_min, a.air_time, d.temp, d.wind_speed, d.visib
    FROM named_departures AS d
    LEFT JOIN clean_arrivals AS a
      ON d.flight_id = a.flight_id AND a.arrived_at BETWEEN d.event_time AND d.event_time + INTERVAL '24' HOUR
  `.into(store('fact_flights'))

  // Aggregates kept current by upsert.
  const departures = typedDepartures(app)
  departures
    .window(tumble('event_time', '15m'))
    .groupBy('origin')
    .select({ flights: count(), mean_delay_min: avg('delay_exact') })
    .into(store('delays_15m'), { primaryKey: ['origin', 'window_start', 'window_end'] })
  const routes = departures
    .window(hop('event_time', '15m', '3h'))
    .groupBy('origin', 'dest')
    .select({ flights: count(), mean_delay_min: avg('delay_exact') })
  const worstRoutes = routes
    .where(r => r.flights.ge(3))
    .topN({
      partitionBy: ['window_start', 'window_end'],
      orderBy: r => [r.mean_delay_min.desc(), r.origin.asc(), r.dest.asc()],
      limit: 5,
      rank: 'place',
    })
  worstRoutes.into(store('worst_routes_3h'), {
    primaryKey: ['window_start', 'window_end', 'place'],
  })
  app.sql`
    SELECT /*+ STATE_TTL('clean_departures' = '0 s') */ carrier, COUNT(*) AS departures, SUM(delay_min) AS delay_min
    FROM clean_departures GROUP BY carrier
  `.into(store('carrier_totals'), { primaryKey: ['carrier'] })
  // For days nothing is cancelled; the watermark stands still meanwhile, and would date the first one after that too early.
  app.sql`
    SELECT /*+ STATE_TTL('cancellations' = '0 s') */
           origin, CAST(event_time AS DATE) AS \`day\`, COUNT(DISTINCT flight_id) AS cancelled
    FROM cancellations GROUP BY origin, CAST(event_time AS DATE)
  `.into(store('cancellations_by_day'), { primaryKey: ['origin', 'day'] })

  const alerts = delayAlerts(departures.select('origin', 'event_time', 'delay_min'))
  alerts.into(files(paths.alerts, { format: json(), options: { 'sink.single-file': 'true' } }))
  addBoard(app, { routes: routes.as('routes_3h'), worstRoutes: worstRoutes.as('worst_3h'), alerts })
  return app
}

function declareEvents(app: Millrace, feed: (name: string) => ReturnType<typeof files>): void {
  for (const name of ['departures', 'arrivals', 'cancellations'])
    app.table(name, {
      source: feed(name),
      schema: eventColumns,
      watermark: { column: 'event_time', delay: NETWORK_DELAY },
    })
  app.table('weather', {
    source: feed('weather'),
    schema: {
      origin: t.string(),
      observed_at: t.timestamp(),
      temp: t.double().nullable(),
      wind_speed: t.double().nullable(),
      visib: t.double().nullable(),
    },
    primaryKey: ['origin'],
    // A watermark says that no row up to its time follows: the stations report the same hour one after the other.
    watermark: { column: 'observed_at', delay: '1s' },
  })
}

function declareTables(app: Millrace, data: string): void {
  const text = t.string().nullable()
  app.table('airlines', {
    source: csvTable(data, 'airlines'),
    schema: { carrier: t.string(), name: t.string() },
    primaryKey: ['carrier'],
  })
  app.table('airports', {
    source: csvTable(data, 'airports'),
    schema: airportColumns,
    primaryKey: ['faa'],
  })
  app.table('planes', {
    source: csvTable(data, 'planes'),
    schema: {
      tailnum: t.string(),
      year: text,
      type: text,
      manufacturer: text,
      model: text,
      engines: text,
      seats: text,
      speed: text,
      engine: text,
    },
    primaryKey: ['tailnum'],
  })
}

const departureColumns = {
  origin: t.string(),
  dest: t.string(),
  event_time: t.timestamp(),
  delay_min: t.int(),
  delay_exact: t.double(),
}

/** Clean departures as the compiler is to know them: SQL text alone tells it no types. */
function typedDepartures(app: Millrace): Table<typeof departureColumns> {
  return app.sql`
    SELECT origin, dest, event_time, delay_min, CAST(delay_min AS DOUBLE) AS delay_exact
    FROM clean_departures` as unknown as Table<typeof departureColumns>
}
