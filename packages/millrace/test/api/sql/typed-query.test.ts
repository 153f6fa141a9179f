// app.sql with row types: what is read from the source, and what is refused.

import { describe, expect, it } from 'vitest'
import { memory, Millrace, t } from '../../../src/index.ts'
import type { Elsewhere, Elsewhere as Renamed } from './fixture-rows.ts'

const app = new Millrace('typed')
const flights = app.table('flights', {
  source: memory([
    { id: 1n, origin: 'JFK', delay: 5, tags: ['a'] },
    { id: 2n, origin: 'EWR', delay: null, tags: [] },
  ]),
  schema: {
    id: t.bigint(),
    origin: t.string(),
    delay: t.int().nullable(),
    tags: t.array(t.string()),
  },
})

interface Flight {
  readonly origin: string
  readonly delay: number | null
}
type Wrong = { readonly origin: string; delay: number; readonly id: number; nope: string }
type Alias = Flight

describe('app.sql<Row>', () => {
  it('gives rows of the type, which the query has', async () => {
    const rows: Flight[] =
      await app.sql<Flight>`SELECT origin, delay FROM flights WHERE id = 1`.collect()
    expect(rows).toEqual([{ origin: 'JFK', delay: 5 }])
    const table = app.sql<{
      id: bigint
      tags: readonly string[]
    }>`SELECT id, tags FROM ${flights} WHERE id = ${2}`
    expect(await table.select(r => ({ next: r.id.add(1) })).collect()).toEqual([{ next: 3n }])
  })

  it('names every column that is missing or of another type, with both types', () => {
    expect(() => app.sql<Wrong>`SELECT id, origin, delay FROM flights`).toThrow(
      'The query\'s rows are not of the declared type: column "delay" is declared as number, but is number | null (INT); ' +
        'column "id" is declared as number, but is bigint (BIGINT NOT NULL); there is no column "nope", but "id", "origin", "delay".',
    )
    expect(() => app.sql<Wrong>`SELECT id, origin, delay FROM flights`).toThrow(
      expect.objectContaining({ code: 'MR_SQL_ROW_TYPE' }),
    )
    expect(() => app.sql<{ tags: number[] }>`SELECT tags FROM flights`).toThrow(
      /"tags" is declared as number\[\], but is readonly string\[\]/,
    )
    expect(() => app.sql<{ d: Date | null }>`SELECT DATE '2024-01-02' AS d FROM flights`).toThrow(
      /"d" is declared as Date \| null, but is string \(DATE NOT NULL\)/,
    )
  })

  it('finds aliases, and types of other files', () => {
    expect(() => app.sql<Alias>`SELECT origin, id AS delay FROM flights`).toThrow(
      /"delay" is declared as number \| null, but is bigint/,
    )
    expect(() => app.sql<Elsewhere>`SELECT origin, delay AS worst FROM flights`).toThrow(
      /"worst" is declared as bigint \| null, but is number \| null/,
    )
    expect(() => app.sql<Renamed>`SELECT origin AS o, id AS worst FROM flights`).toThrow(
      /no column "origin"/,
    )
  })

  it('holds nothing against types that the source does not spell out', () => {
    expect(app.sql<Pick<Wrong, 'nope'>>`SELECT id FROM flights`.plan.schema).toHaveLength(1)
    expect(
      app.sql<{ id?: bigint; later?: string; origin: unknown }>`SELECT origin FROM flights`.plan
        .schema,
    ).toHaveLength(1)
  })

  it('takes the call at its line where two have the same text', () => {
    const first = () => app.sql<{ id: string }>`SELECT id FROM ${flights} LIMIT 1`
    const second = () => app.sql<{ id: bigint }>`SELECT id FROM ${flights} LIMIT 1`
    expect(second().plan.schema).toHaveLength(1)
    expect(first).toThrow(/"id" is declared as string, but is bigint/)
  })
})

describe('app.sql with columns', () => {
  const typed = app.sql({ origin: t.string(), delay: t.int().nullable() })

  it('gives a table of exactly these columns', async () => {
    const table = typed`SELECT origin, delay FROM flights`
    expect(await table.where(r => r.delay.gt(1)).collect()).toEqual([{ origin: 'JFK', delay: 5 }])
  })

  it('takes a text constant for a string, and NOT NULL for a column that may be NULL', () => {
    expect(typed`SELECT 'x' AS origin, 1 AS delay`.plan.schema).toHaveLength(2)
  })

  it.each([
    ['SELECT origin FROM flights', /no column "delay"/],
    [
      'SELECT origin, id AS delay FROM flights',
      /"delay" is declared as INT, but is BIGINT NOT NULL/,
    ],
    ['SELECT origin, delay, id FROM flights', /"id" is not declared/],
    [
      'SELECT CAST(delay AS STRING) AS origin, delay FROM flights',
      /"origin" is declared as STRING NOT NULL, but is STRING/,
    ],
  ])('refuses %s', (query, message) => {
    expect(() => typed([query] as never)).toThrow(message)
  })
})
