// The preparation: a Millrace batch pipeline that turns rows of a table into what airports would have emitted.
//
// Times. `time_hour` is the scheduled hour in UTC, so a flight departed at time_hour + minute + dep_delay. It arrived at the first
// moment after that at which the clock of its destination showed `arr_time` (2400 is midnight): so flights that land after
// midnight, or beyond a change of the clocks, need no further rule. Four airports in Puerto Rico are not in the table of airports.

import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Millrace, t } from 'millrace'
import {
  type EventKind,
  Parts,
  partColumns,
  singleFile,
  sortParts,
  writeParts,
} from './delivery-order.ts'
import { firstReading } from './destination-clock.ts'
import { deliver } from './network.ts'
import { airportColumns, csvTable } from './tables.ts'

/** What the preparation found, for the terminal and the tests. */
export interface FeedCounts {
  flights: number
  departures: number
  arrivals: number
  /** Never departed. */
  cancelled: number
  /** Departed, but the table has no time of arrival. */
  withoutArrival: number
  /** Second copies that the network delivers. */
  duplicates: number
}

/** Writes the feed into a folder; all or nothing: it appears under its name when it is complete. */
export async function prepareFeed(data: string, feed: string, seed = 1): Promise<FeedCounts> {
  const draft = `${feed}.draft`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  const counts = await writeFeed(data, draft, seed)
  await rename(draft, feed)
  return counts
}

async function writeFeed(data: string, feed: string, seed: number): Promise<FeedCounts> {
  const app = new Millrace('flights-preparation', { mode: 'batch' })
  const text = t.string().nullable()
  const int = t.int().nullable()
  app.table('flights', {
    source: csvTable(data, 'flights'),
    schema: {
      year: t.int(),
      month: t.int(),
      day: t.int(),
      dep_time: int,
      sched_dep_time: t.int(),
      dep_delay: int,
      arr_time: int,
      sched_arr_time: int,
      arr_delay: int,
      carrier: t.string(),
      flight: t.int(),
      tailnum: text,
      origin: t.string(),
      dest: t.string(),
      air_time: int,
      distance: t.int(),
      hour: t.int(),
      minute: t.int(),
      time_hour: t.string(),
    },
  })
  app.table('airports', {
    source: csvTable(data, 'airports'),
    schema: airportColumns,
    primaryKey: ['faa'],
  })
  app.table('weather', {
    source: csvTable(data, 'weather'),
    schema: {
      origin: t.string(),
      year: int,
      month: int,
      day: int,
      hour: int,
      temp: t.double().nullable(),
      dewp: text,
      humid: text,
      wind_dir: text,
      wind_speed: t.double().nullable(),
      wind_gust: text,
      precip: text,
      pressure: text,
      visib: t.double().nullable(),
      time_hour: t.string(),
    },
  })

  app.sql`
    SELECT f.carrier || CAST(f.flight AS STRING) || '-' || f.origin || '-' ||
             CAST(f.\`year\` * 10000 + f.\`month\` * 100 + f.\`day\` AS STRING) || '-' ||
             LPAD(CAST(f.sched_dep_time AS STRING), 4, '0') AS flight_id,
           f.carrier, f.flight, f.tailnum, f.origin, f.dest, f.distance, f.air_time, f.dep_delay, f.arr_delay, f.arr_time,
           TIMESTAMPADD(MINUTE, f.\`minute\`, TO_TIMESTAMP(REPLACE(REPLACE(f.time_hour, 'T', ' '), 'Z', ''))) AS scheduled,
           COALESCE(a.tzone, 'America/Puerto_Rico') AS zone
    FROM (SELECT *, PROCTIME() AS now FROM flights) AS f
    LEFT JOIN airports FOR SYSTEM_TIME AS OF f.now AS a ON f.dest = a.faa`.as('scheduled_flights')
  app.sql`
    SELECT *, TIMESTAMPADD(MINUTE, dep_delay, scheduled) AS departed,
           SUBSTRING(CONVERT_TZ(DATE_FORMAT(TIMESTAMPADD(MINUTE, dep_delay, scheduled), 'yyyy-MM-dd HH:mm:ss'), 'UTC', zone), 1, 10)
             || ' ' || LPAD(CAST(MOD(arr_time / 100, 24) AS STRING), 2, '0')
             || ':' || LPAD(CAST(MOD(arr_time, 100) AS STRING), 2, '0') || ':00' AS arrival_clock
    FROM scheduled_flights`.as('departed_flights')
  const flights = app.sql`
    SELECT *, TO_TIMESTAMP(CONVERT_TZ(arrival_clock, zone, 'UTC')) AS same_day,
           TO_TIMESTAMP(CONVERT_TZ(
             DATE_FORMAT(TIMESTAMPADD(DAY, 1, TO_TIMESTAMP(arrival_clock)), 'yyyy-MM-dd HH:mm:ss'), zone, 'UTC')) AS next_day
    FROM departed_flights`

  const counts: FeedCounts = {
    flights: 0,
    departures: 0,
    arrivals: 0,
    cancelled: 0,
    withoutArrival: 0,
    duplicates: 0,
  }
  const parts = new Parts()
  const events = flights.stream().flatMap(f => {
    counts.flights++
    const common = {
      flight_id: f['flight_id'] as string,
      carrier: f['carrier'] as string,
      flight: f['flight'] as number,
      tailnum: (f['tailnum'] as string | null) ?? '',
      origin: f['origin'] as string,
      dest: f['dest'] as string,
      distance: f['distance'] as number,
      air_time: f['air_time'] as number | null,
      scheduled_at: f['scheduled'] as number,
    }
    const emitted = [] as { kind: EventKind; event_time: number; delay_min: string }[]
    const departed = f['departed'] as number | null
    if (departed === null) {
      counts.cancelled++
      emitted.push({ kind: 'cancellation', event_time: common.scheduled_at, delay_min: '' })
    } else {
      counts.departures++
      emitted.push({
        kind: 'departure',
        event_time: departed,
        delay_min: `${String(f['dep_delay'])}`,
      })
      const sameDay = f['same_day'] as number | null
      if (sameDay === null) counts.withoutArrival++
      else {
        const shown = sameDay > departed ? sameDay : (f['next_day'] as number)
        const arrived = firstReading(shown, departed, f['zone'] as string)
        counts.arrivals++
        const delay = f['arr_delay'] as number | null
        emitted.push({
          kind: 'arrival',
          event_time: arrived,
          delay_min: delay === null ? '' : `${delay}`,
        })
      }
    }
    return emitted.flatMap(e =>
      deliver(`${e.kind}/${common.flight_id}`, e.event_time, seed).map(d => {
        if (d.copy > 0) counts.duplicates++
        return {
          ...common,
          kind: e.kind,
          event_time: e.event_time,
          delay_min: e.delay_min,
          delivered_at: d.deliveredAtMs,
          copy: d.copy,
          part: parts.of(d.deliveredAtMs),
        }
      }),
    )
  }, partColumns)
  writeParts(events.toTable(), feed)
  app.sql`
    SELECT origin, TO_TIMESTAMP(REPLACE(REPLACE(time_hour, 'T', ' '), 'Z', '')) AS observed_at, temp, wind_speed, visib
    FROM weather ORDER BY observed_at, origin`.into(singleFile(join(feed, 'weather.ndjson')))
  const { outcome } = await app.run()
  const isComplete = outcome !== 'stopped' && (await sortParts(feed, parts))
  if (!isComplete) throw new PreparationStoppedError()
  return counts
}

/** Ctrl-C came before the feed was complete; the next start makes it anew. */
export class PreparationStoppedError extends Error {
  constructor() {
    super('Stopped while the feed was being prepared. The next start prepares it anew.')
    this.name = 'PreparationStoppedError'
  }
}
