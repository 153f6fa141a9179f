// What the compiler knows of tables, and what it refuses.

import type { Big } from 'big.js'
import { avg, count, sum } from '../../src/api/columns/aggregates.ts'
import {
  caseWhen,
  coalesce,
  concat,
  extract,
  upper,
} from '../../src/api/columns/expression-functions.ts'
import { t } from '../../src/api/columns/schema-builder.ts'
import { list, map, value } from '../../src/api/streams/state-builder.ts'
import { tumble } from '../../src/api/tables/windows.ts'
import { createFlightsApp } from './flights-app.ts'

type Equal<A, B> =
  (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false
/** Compiles only for the same type. */
function isType<Expected>() {
  return <Actual>(_: Actual, ..._same: Equal<Expected, Actual> extends true ? [] : [never]) => {}
}

const { app, departures, airports, weather } = createFlightsApp()

// Rows
isType<{
  readonly flight: string
  readonly origin: string
  readonly delayMin: number | null
  readonly seats: number
  readonly miles: bigint
  readonly fare: Big
  readonly at: number
  readonly tags: readonly string[]
}>()(departures.Row)

isType<{ readonly origin: string; readonly flight: string }>()(
  departures.select('origin', 'flight').Row,
)

const computed = departures.select(d => ({
  route: concat(d.origin, '-', d.flight),
  late: d.delayMin.gt(0),
  known: d.delayMin.isNotNull(),
  more: d.seats.add(d.miles),
  price: d.fare.mul(1.5),
  half: d.delayMin.div(2),
  size: caseWhen([[d.seats.gt(100), 'wide']], 'narrow'),
  text: d.seats.cast(t.string()),
  maybe: d.flight.tryCast(t.int()),
  delay: coalesce(d.delayMin, 0),
  hour: extract('HOUR', d.at),
  rest: d.miles.mod(7),
  tag: d.tags.at(1),
}))
isType<{
  readonly route: string
  readonly late: boolean | null
  readonly known: boolean
  readonly more: bigint
  readonly price: Big
  readonly half: number | null
  readonly size: string
  readonly text: string
  readonly maybe: number | null
  readonly delay: number
  readonly hour: bigint
  readonly rest: number
  readonly tag: string | null
}>()(computed.Row)

// Groups and windows
isType<{
  readonly origin: string
  readonly window_start: number
  readonly window_end: number
  readonly flights: bigint
  readonly avgDelay: number | null
  readonly income: Big | null
}>()(
  departures
    .where(d => d.delayMin.gt(0))
    .window(tumble('at', '15m'))
    .groupBy('origin')
    .select({ flights: count(), avgDelay: avg('delayMin'), income: sum('fare') }).Row,
)
isType<{ readonly code: string; readonly n: bigint }>()(
  departures.groupBy(d => ({ code: upper(d.origin) })).select({ n: count() }).Row,
)

// Joins
isType<{ readonly flight: string; readonly airport: string | null }>()(
  departures.leftJoin(
    airports,
    (d, a) => d.origin.eq(a.code),
    (d, a) => ({ flight: d.flight, airport: a.name }),
  ).Row,
)
isType<{ readonly flight: string; readonly celsius: number }>()(
  departures.temporalJoin(weather, {
    asOf: 'at',
    type: 'inner',
    on: (d, w) => d.origin.eq(w.airport),
    select: (d, w) => ({ flight: d.flight, celsius: w.celsius }),
  }).Row,
)
isType<{ readonly flight: string; readonly celsius: number | null }>()(
  departures.temporalJoin(weather, {
    asOf: 'at',
    type: 'left',
    on: (d, w) => d.origin.eq(w.airport),
    select: (d, w) => ({ flight: d.flight, celsius: w.celsius }),
  }).Row,
)
isType<{ readonly code: string; readonly name: string; readonly rank: bigint }>()(
  airports.topN({ orderBy: 'name', limit: 3, rank: 'rank' }).Row,
)

// Streams
const alerts = departures
  .stream()
  .filter(d => (d.delayMin ?? 0) > 0)
  .keyBy(d => d.flight)
  .process({
    state: {
      since: value(t.timestamp()),
      seen: list(t.string()),
      counts: map(t.string(), t.int()),
    },
    output: { flight: t.string(), since: t.timestamp().nullable() },
    sideOutputs: { odd: { text: t.string() } },
    onEvent(d, ctx) {
      isType<string>()(ctx.key)
      isType<number | undefined>()(ctx.state.since.get())
      isType<string[]>()(ctx.state.seen.get())
      ctx.state.counts.set(d.origin, 1)
      ctx.emit({ flight: d.flight, since: ctx.state.since.get() ?? null })
      ctx.emitTo('odd', { text: 'x' })
      // @ts-expect-error: not a declared output
      ctx.emitTo('even', { text: 'x' })
      // @ts-expect-error: a column is missing
      ctx.emit({ flight: d.flight })
      // @ts-expect-error: the state holds numbers
      ctx.state.since.set('now')
    },
  })
isType<{ readonly flight: string; readonly since: number | null }>()(alerts.toTable().Row)
isType<{ readonly text: string }>()(alerts.sideOutput('odd').toTable().Row)

// Refusals
// @ts-expect-error: there is no such column
departures.where(d => d.delay.gt(0))
// @ts-expect-error: a text is no number
departures.where(d => d.delayMin.gt('0'))
// @ts-expect-error: a text has no sum
departures.select(d => ({ x: d.origin.add(1) }))
// @ts-expect-error: a number is no condition
departures.where(d => d.seats)
// @ts-expect-error: there is no such column
departures.select('orign')
// @ts-expect-error: there is no such column
departures.groupBy('orign')
// @ts-expect-error: Unknown column "delayMim"
departures.groupBy('origin').select({ a: avg('delayMim') })
// @ts-expect-error: SUM cannot take column "origin" of kind string
departures.groupBy('origin').select({ a: sum('origin') })
// @ts-expect-error: a window needs a timestamp
departures.window(tumble('origin', '15m'))
// @ts-expect-error: both tables have column "flight"
departures.join(departures, (a, b) => a.flight.eq(b.flight))
// @ts-expect-error: the side outputs are declared
alerts.sideOutput('even')
// @ts-expect-error: the function must give the declared columns
departures.stream().map(d => ({ route: d.seats }), { route: t.string() })
const toNowhere = { connector: 'blackhole', options: {} }
const onlyNumbers = { a: t.int(), b: t.timestamp() }
// @ts-expect-error: a watermark needs a timestamp
app.table('x', { source: toNowhere, schema: onlyNumbers, watermark: { column: 'a' } })
