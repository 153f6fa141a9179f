// Apps: what is declared, what is refused, what reaches a runner.

import { describe, expect, it } from 'vitest'
import { count } from '../../src/api/columns/aggregates.ts'
import { blackhole, files, memory } from '../../src/api/connections/connectors.ts'
import { lit } from '../../src/api/columns/expression-functions.ts'
import { json } from '../../src/api/connections/format-spec.ts'
import { Millrace } from '../../src/api/millrace.ts'
import { PushClosedError, push } from '../../src/api/connections/push.ts'
import { t } from '../../src/api/columns/schema-builder.ts'
import { tumble } from '../../src/api/tables/windows.ts'
import { printPlan } from '../../src/plan/print-plan.ts'
import { createFlightsApp } from './flights-app.ts'

describe('Millrace', () => {
  it('collects what is sent somewhere as statements of a program', () => {
    const { app, departures } = createFlightsApp()
    departures.select('flight').into(blackhole())
    departures
      .groupBy('origin')
      .select({ n: count() })
      .into(blackhole(), { name: 'counts', primaryKey: ['origin'] })
    const { sinks } = app.program({ mode: 'batch' })
    expect(sinks.map(s => s.table.name)).toEqual(['blackhole', 'counts'])
    expect(sinks[1]?.table.primaryKey).toEqual([0])
    expect(app.program().settings).toEqual({})
  })

  it('writes into a declared table by column name, constants and types fitted', () => {
    const app = new Millrace('app')
    app.table('target', {
      source: blackhole(),
      schema: { total: t.double(), id: t.string(), note: t.string().nullable() },
    })
    app
      .table('origin', { source: memory([]), schema: { id: t.string(), total: t.int() } })
      .into('target')
    expect(printPlan(app.program().sinks[0] as never).split('\n')).toEqual([
      'Sink target',
      '  Project CAST(total AS DOUBLE) AS total, id, NULL AS note',
      '    Scan origin (id, total)',
    ])
  })

  it('refuses a result that does not fit the declared table', () => {
    const { app, departures } = createFlightsApp()
    app.table('target', { source: blackhole(), schema: { flight: t.string(), gate: t.string() } })
    expect(() => departures.select('flight', 'seats').into('target')).toThrow(
      'The result does not fit table "target": it lacks "gate"; there is no "seats" in the table.',
    )
    expect(() => departures.into('tarhet')).toThrow('Did you mean "target"?')
  })

  it('computes columns and takes one of them for the event time', () => {
    const app = new Millrace('app')
    const table = app.table('t', {
      source: files('in.ndjson.gz'),
      schema: { seconds: t.timestamp(0) },
      computed: c => ({ at: c.seconds.plus('1s') }),
      watermark: { column: 'at', delay: '2s' },
    })
    expect(printPlan(table.plan).split('\n')).toEqual([
      "Watermark at AS at - INTERVAL '2' SECOND",
      "  Project seconds, seconds + INTERVAL '1' SECOND AS at",
      '    Scan t (seconds)',
    ])
  })

  it('refuses a second table of a name', () => {
    const { app } = createFlightsApp()
    expect(() => app.table('departures', { source: memory([]), schema: { a: t.int() } })).toThrow(
      'There is a table "departures" already.',
    )
  })

  it('proposes the column that was probably meant', () => {
    const { departures } = createFlightsApp()
    const untyped = departures as unknown as {
      where(f: (d: Record<string, never>) => unknown): void
    }
    expect(() => untyped.where(d => d['delayMim'])).toThrow('Did you mean "delayMin"?')
  })

  it('refuses columns of another table', () => {
    const { departures, airports } = createFlightsApp()
    let stolen: unknown
    airports.where(a => {
      stolen = a.code.eq('JFK')
      return lit(true)
    })
    expect(() => departures.where(() => stolen as never)).toThrow(
      'Column "code" belongs to another table.',
    )
  })

  it('refuses windows without event time', () => {
    const { departures } = createFlightsApp()
    const plain = departures.select(d => ({ at: d.at.plus(0) }))
    expect(() => plain.window(tumble('at', '1m'))).toThrow('A window needs an event-time column')
    expect(() => tumble('at', 0)).toThrow('it must be positive')
  })
})

describe('connections', () => {
  it('tell the format by the name of the file', () => {
    expect(files('a.csv.gz').options).toEqual({ path: 'a.csv.gz', format: 'csv' })
    expect(files('x', { format: json({ ignoreParseErrors: true }) }).options).toEqual({
      path: 'x',
      format: 'json',
      'json.ignore-parse-errors': 'true',
    })
    expect(() => files('data')).toThrow('The format of "data" is not known.')
  })

  it('push rows in order, with positions, until they end', async () => {
    const input = push()
    new Millrace('app').table('in', { source: input, schema: { n: t.bigint() } })
    await input.send({ n: 1n })
    await input.send({ n: 2n })
    input.end()
    const source = input.factories?.[0] as unknown as {
      create(c: unknown): { open(s: unknown, p: unknown): Promise<{ read(): Promise<unknown> }> }
    }
    const reader = await source.create({ table: input }).open({}, undefined)
    const batch = (await reader.read()) as { rows: unknown; positionAt(n: number): unknown }
    expect(batch.rows).toEqual([[1], [2]])
    expect(batch.positionAt(2)).toBe(2)
    expect(await reader.read()).toBe('finished')
    await expect(input.send({ n: 3n })).rejects.toThrow(PushClosedError)
  })
})
