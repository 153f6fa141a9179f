// A program with every kind of state and sink in it: what the kill tests run in the child.

import { join } from 'node:path'
import {
  avg,
  count,
  files,
  type ConnectorSpec,
  json,
  Millrace,
  sum,
  t,
  tumble,
  value,
} from 'millrace'
import { duckdb } from '@millrace/duckdb'

/** @param replaySpeed ms of event time in a ms of real time; 0: as fast as it goes */
export function flightsProgram(folder: string, replaySpeed: number): Millrace {
  const app = new Millrace('kill-flights')
  const read = (name: string): ConnectorSpec =>
    files(join(folder, 'input', name), {
      options: replaySpeed > 0 ? { 'source.replay-speed': `${replaySpeed}` } : {},
    })
  const into = (table: string) => duckdb(join(folder, 'warehouse.duckdb'), table)
  const departures = app.table('departures', {
    source: read('departures.ndjson'),
    schema: {
      id: t.int(),
      flight: t.string(),
      origin: t.string(),
      delayMin: t.int().nullable(),
      at: t.timestamp(),
    },
    watermark: { column: 'at', delay: '5s' },
  })
  const arrivals = app.table('arrivals', {
    source: read('arrivals.ndjson'),
    schema: { id: t.int(), taxiMin: t.int(), at: t.timestamp() },
    watermark: { column: 'at', delay: '5s' },
  })
  const flown = departures.deduplicate({ by: ['id'], orderBy: 'at', keep: 'first' })
  departures.into(into('raw'))
  flown.into(into('first_of_each'), { primaryKey: ['id'] })
  departures
    .window(tumble('at', '15m'))
    .groupBy('origin')
    .select({ flights: count(), meanDelay: avg('delayMin') })
    .into(into('delays_15m'), { primaryKey: ['origin', 'window_start'] })
  flown
    .groupBy('origin')
    .select({ flights: count(), delay: sum('delayMin') })
    .into(into('totals'))
  const once = departures
    .stream()
    .keyBy('id')
    .process({
      name: 'first of each',
      state: { seen: value(t.boolean()) },
      output: {
        id: t.int(),
        flight: t.string(),
        at: t.timestamp(),
        delayMin: t.int().nullable(),
      },
      onEvent({ id, flight, delayMin, at }, context) {
        if (context.state.seen.get()) return
        context.state.seen.set(true)
        context.emit({ id, flight, delayMin, at })
      },
    })
  const trips = once.toTable({ eventTime: 'at' }).join(
    arrivals,
    (d, a) => d.id.eq(a.id).and(a.at.between(d.at, d.at.plus('10m'))),
    (d, a) => ({ id: d.id, flight: d.flight, taxiMin: a.taxiMin, departed: d.at, arrived: a.at }),
  )
  trips.into(into('trips'))
  trips.into(
    files(join(folder, 'trips'), {
      format: json(),
      options: { 'sink.rolling-policy.file-size': '16 kb' },
    }),
    { name: 'trip files' },
  )
  once
    .keyBy('flight')
    .process({
      name: 'delay alerts',
      state: { since: value(t.timestamp()), delays: value(t.int()) },
      output: { flight: t.string(), kind: t.string(), at: t.timestamp(), delays: t.int() },
      onEvent(event, context) {
        if ((event.delayMin ?? 0) < 45) return
        const delays = (context.state.delays.get() ?? 0) + 1
        context.state.delays.set(delays)
        if (context.state.since.get() !== undefined) return
        context.state.since.set(event.at)
        context.setTimer(event.at + 20 * 60_000)
        context.emit({ flight: event.flight, kind: 'raised', at: event.at, delays })
      },
      onTimer(context) {
        const delays = context.state.delays.get() ?? 0
        const at = context.timestamp ?? 0
        context.state.since.clear()
        context.emit({ flight: context.key, kind: 'cleared', at, delays })
      },
    })
    .into(
      files(join(folder, 'alerts.ndjson'), {
        format: json(),
        options: { 'sink.single-file': 'true' },
      }),
      { name: 'alerts' },
    )
  return app
}
