// Each method of Table as the plan it makes.

import { describe, expect, it } from 'vitest'
import { avg, count, countDistinct, listAgg, sum } from '../../src/api/columns/aggregates.ts'
import {
  caseWhen,
  coalesce,
  concat,
  extract,
  fn,
  lit,
  upper,
} from '../../src/api/columns/expression-functions.ts'
import { t } from '../../src/api/columns/schema-builder.ts'
import { cumulate, hop, session, tumble } from '../../src/api/tables/windows.ts'
import type { PlanNode } from '../../src/plan/node.ts'
import { printPlan } from '../../src/plan/print-plan.ts'
import { createFlightsApp } from './flights-app.ts'

const { departures, airports, weather } = createFlightsApp()

const SCAN = 'Scan departures (flight, origin, delayMin, seats, miles, fare, at, tags)'
const WATERMARK = "Watermark at AS at - INTERVAL '5' MINUTE"

/** The lines of a plan above the table that all tests read. */
function linesAbove(table: { readonly plan: PlanNode }): string[] {
  const lines = printPlan(table.plan).split('\n')
  const below = lines.splice(-2).map(line => line.trim())
  expect(below).toEqual([WATERMARK, SCAN])
  return lines
}

describe('Table', () => {
  it('filters by a condition whose constants take the type of the column', () => {
    expect(linesAbove(departures.where(d => d.delayMin.gt(0).and(d.origin.eq('JFK'))))).toEqual([
      "Filter delayMin > 0E0 AND origin = 'JFK'",
    ])
  })

  it('puts parentheses only where they are needed', () => {
    const late = departures.where(d =>
      d.delayMin
        .gt(30)
        .or(d.seats.lt(10))
        .and(d.origin.in(['JFK', 'LGA']))
        .and(d.delayMin.isNotNull().not()),
    )
    expect(linesAbove(late)).toEqual([
      "Filter (delayMin > 30E0 OR seats < 10) AND origin IN ('JFK', 'LGA') AND NOT delayMin IS NOT NULL",
    ])
  })

  it('selects names', () => {
    expect(linesAbove(departures.select('origin', 'flight'))).toEqual(['Project origin, flight'])
  })

  it('selects expressions beside all columns', () => {
    const routes = departures.select(d => ({ f: upper(d.flight), twice: d.seats.mul(2) }))
    expect(linesAbove(routes)).toEqual(['Project UPPER(flight) AS f, seats * 2 AS twice'])
    const all = departures.select('flight', 'seats').select(d => ({ ...d, n: lit(1) }))
    expect(printPlan(all.plan).split('\n')[0]).toBe('Project flight, seats, 1 AS n')
  })

  it('adds, replaces, drops and renames columns', () => {
    const base = departures.select('flight', 'seats')
    const top = (table: { readonly plan: PlanNode }) => printPlan(table.plan).split('\n')[0]
    expect(top(base.withColumns(d => ({ seats: d.seats.add(1), more: d.seats })))).toBe(
      'Project flight, seats + 1 AS seats, seats AS more',
    )
    expect(top(base.drop('flight'))).toBe('Project seats')
    expect(top(base.rename({ seats: 'places' }))).toBe('Project flight, seats AS places')
  })

  it('aggregates by group', () => {
    const byOrigin = departures.groupBy('origin').select(d => ({
      flights: count(),
      avgDelay: avg('delayMin').where(d.delayMin.gt(0)),
      planes: countDistinct('flight'),
      all: listAgg('flight'),
      income: sum(d.fare),
    }))
    expect(linesAbove(byOrigin)).toEqual([
      "Aggregate by origin: COUNT(*) AS flights, AVG(delayMin) FILTER (WHERE delayMin > 0E0) AS avgDelay, COUNT(DISTINCT flight) AS planes, LISTAGG(flight, ',') AS all, SUM(fare) AS income",
    ])
  })

  it('groups by expressions', () => {
    const hourly = departures.groupBy(d => ({ hour: extract('HOUR', d.at) })).select({ n: count() })
    expect(linesAbove(hourly)).toEqual(["Aggregate by EXTRACT('HOUR', at) AS hour: COUNT(*) AS n"])
  })

  it('groups a windowed table by its window too', () => {
    const delays = departures.window(tumble('at', '15m')).groupBy('origin').select({ n: count() })
    expect(linesAbove(delays)).toEqual([
      'Aggregate by origin, window_start, window_end: COUNT(*) AS n',
      '  Window tumble(at, 15 min)',
    ])
    expect(delays.plan.schema.map(c => c.name)).toEqual([
      'origin',
      'window_start',
      'window_end',
      'n',
    ])
  })

  it('has hopping, cumulating and session windows', () => {
    expect(linesAbove(departures.window(hop('at', '5m', '1h', { offset: '1m' })))).toEqual([
      'Window hop(at, 5 min, 1 h, offset 1 min)',
    ])
    expect(linesAbove(departures.window(cumulate('at', '1h', '1 day')))).toEqual([
      'Window cumulate(at, 1 h, 1 d)',
    ])
    expect(
      linesAbove(departures.window(session('at', '30s', { partitionBy: ['origin'] }))),
    ).toEqual(['Window session(at, 30 s partition by origin)'])
  })

  it('joins over the columns of both sides', () => {
    const joined = departures.join(airports, (d, a) => d.origin.eq(a.code))
    expect(
      printPlan(joined.plan)
        .split('\n')
        .map(line => line.trimEnd()),
    ).toEqual([
      'Join inner on origin = code',
      `  ${WATERMARK}`,
      `    ${SCAN}`,
      '  Scan airports (code, name)',
    ])
  })

  it('names the sides of columns that both have', () => {
    const pairs = departures.leftJoin(
      departures,
      (a, b) => a.flight.eq(b.flight).and(b.at.between(a.at.minus('1h'), a.at)),
      (a, b) => ({ flight: a.flight, later: b.at }),
    )
    expect(printPlan(pairs.plan).split('\n').slice(0, 2)).toEqual([
      'Project flight#0 AS flight, at#14 AS later',
      "  Join left on left.flight = right.flight AND right.at BETWEEN left.at - INTERVAL '1' HOUR AND left.at",
    ])
  })

  it('joins the version of a table at a time', () => {
    const withWeather = departures.temporalJoin(weather, {
      asOf: 'at',
      on: (d, w) => d.origin.eq(w.airport),
      type: 'left',
      select: (d, w) => ({ flight: d.flight, celsius: w.celsius }),
    })
    expect(printPlan(withWeather.plan).split('\n').slice(0, 2)).toEqual([
      'Project flight, celsius',
      '  Temporal join left as of at on origin = airport',
    ])
    expect(withWeather.plan.schema[1]?.type.nullable).toBe(true)
  })

  it('looks rows up', () => {
    const named = departures.lookupJoin(
      airports,
      (d, a) => d.origin.eq(a.code),
      (d, a) => ({ flight: d.flight, airport: coalesce(a.name, 'unknown') }),
    )
    expect(printPlan(named.plan).split('\n').slice(0, 2)).toEqual([
      "Project flight, COALESCE(name, 'unknown') AS airport",
      '  Lookup join left on origin = code',
    ])
  })

  it('unites, makes distinct, sorts and limits', () => {
    const names = departures.select('flight', 'seats')
    const swapped = departures.select('seats', 'flight')
    expect(
      printPlan(names.unionAll(swapped).plan)
        .split('\n')
        .filter(l => !/Scan|Watermark/.test(l)),
    ).toEqual([
      'Union all',
      '  Project flight, seats',
      '  Project flight, seats',
      '    Project seats, flight',
    ])
    expect(printPlan(names.distinct().plan).split('\n')[0]).toBe('Aggregate by flight, seats')
    expect(
      linesAbove(departures.orderBy(d => [d.seats.desc(), d.flight.asc().nullsLast()]).limit(3, 1)),
    ).toEqual(['Sort by seats DESC, flight NULLS LAST limit 3 offset 1'])
  })

  it('keeps the first rows of partitions', () => {
    const worst = departures.topN({
      partitionBy: ['origin'],
      orderBy: d => d.delayMin.desc(),
      limit: 5,
      rank: 'place',
    })
    expect(linesAbove(worst)).toEqual([
      'Rank row_number partition by origin order by delayMin DESC keep in 1..5 AS place',
    ])
    expect(
      linesAbove(departures.deduplicate({ by: ['flight'], orderBy: 'at', keep: 'last' })),
    ).toEqual(['Rank row_number partition by flight order by at DESC keep = 1'])
  })

  it('unnests arrays', () => {
    expect(linesAbove(departures.unnest('tags', { as: ['tag'] }))).toEqual(['Unnest inner tags'])
  })

  it('prints CASE, casts and calls of any function', () => {
    const made = departures.select(d => ({
      size: caseWhen([[d.seats.gt(200), 'wide']], 'narrow'),
      text: d.seats.cast(t.string()),
      maybe: d.flight.tryCast(t.int()),
      back: fn('REVERSE', t.string().nullable(), d.flight),
      joined: concat(d.origin, '-', d.flight),
    }))
    expect(linesAbove(made)).toEqual([
      "Project CASE WHEN seats > 200 THEN 'wide' ELSE 'narrow' END AS size, CAST(seats AS STRING) AS text, TRY_CAST(flight AS INT) AS maybe, REVERSE(flight) AS back, CONCAT(origin, '-', flight) AS joined",
    ])
  })

  it('is immutable', () => {
    const before = printPlan(departures.plan)
    departures.where(d => d.seats.gt(1))
    expect(printPlan(departures.plan)).toBe(before)
    expect(Object.isFrozen(departures)).toBe(true)
  })
})
