// A form of queries: written over columns it is the plan of its SQL twin, gives the same rows, and prints as SQL of that plan.

import { expect, it } from 'vitest'
import { type AnyTable, memory, Millrace, t } from '../../../src/index.ts'

const second = 1000

/** An app whose tables all forms read. */
export function createFormsApp(mode: 'streaming' | 'batch' = 'streaming') {
  const app = new Millrace('forms', { mode })
  const a = app.table('a', {
    source: memory([
      { id: 1, k: 'x', n: 3, tags: ['p', 'q'], ts: 1 * second },
      { id: 2, k: 'y', n: null, tags: [], ts: 2 * second },
      { id: 3, k: 'x', n: 4, tags: ['p'], ts: 9 * second },
      { id: 4, k: 'x', n: 1, tags: [], ts: 14 * second },
    ]),
    schema: {
      id: t.int(),
      k: t.string(),
      n: t.int().nullable(),
      tags: t.array(t.string()),
      ts: t.timestamp(),
    },
    watermark: { column: 'ts' },
  })
  const b = app.table('b', {
    source: memory([
      { key: 'x', rate: 5n, since: 0 },
      { key: 'z', rate: 7n, since: 3 * second },
      { key: 'x', rate: 6n, since: 8 * second },
    ]),
    schema: { key: t.string(), rate: t.bigint(), since: t.timestamp() },
    primaryKey: ['key'],
    watermark: { column: 'since' },
  })
  const c = app.table('c', {
    source: memory([
      { key: 'x', label: 'ex' },
      { key: 'z', label: 'zed' },
    ]),
    schema: { key: t.string(), label: t.string() },
    primaryKey: ['key'],
  })
  return { app, a, b, c }
}

export interface Form {
  readonly typed: AnyTable
  readonly sql: string
  /** The final result, in any order. */
  readonly rows: readonly (readonly unknown[])[]
}

/** One test for each form. */
export function testForms(app: Millrace, forms: Readonly<Record<string, () => Form>>): void {
  it.each(Object.entries(forms))('%s', async (_, form) => {
    const { typed, sql, rows } = form()
    const plan = optimizedPlan(typed.explain())
    expect(plan).toBe(optimizedPlan(app.sql([sql] as never).explain()))
    expect(typed.plan.schema.map(c => c.name)).toEqual(
      app.sql([sql] as never).plan.schema.map(c => c.name),
    )
    const found = await typed.collect()
    expect(found.map(textOf).sort()).toEqual(rows.map(textOf).sort())
    const [, sqlText = ''] = typed.explain({ sql: true }).split('== SQL ==')
    const [printed = ''] = /^(?:WITH|SELECT)[\s\S]*(?=;\s*$)/m.exec(sqlText) ?? []
    expect(optimizedPlan(app.sql([printed] as never).explain()), printed).toBe(plan)
  })
}

const optimizedPlan = (text: string) => /== Optimized plan ==\n([\s\S]*?)\n\n==/.exec(text)?.[1]

const textOf = (row: unknown): string =>
  JSON.stringify(Object.values(row as object), (_, value) =>
    typeof value === 'bigint' ? `${value}n` : value,
  )
