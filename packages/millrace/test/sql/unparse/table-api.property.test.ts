// Typed programs of every form print as SQL that is read back to the same plan.

import { Choices, numbersOf } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { type AnyTable, MillraceError } from '../../../src/index.ts'
import { createRandomApp, FORMS, randomTable } from './random-table.ts'

const planOf = (text: string) => /== Optimized plan ==\n([\s\S]*?)\n\n==/.exec(text)?.[1]

/** Of rows in an order SQL has no queries, but for the last. */
const LOST_ORDER = '-- The order of a query inside of another cannot be written in SQL.'

/** Undefined for what cannot run: the planner's refusals are others' tests. */
function explained(table: AnyTable): string | undefined {
  try {
    return table.explain({ sql: true })
  } catch (error) {
    if (error instanceof MillraceError && error.domain === 'user') return undefined
    throw error
  }
}

describe.each(['streaming', 'batch'] as const)('a random typed program in %s mode', mode => {
  const random = createRandomApp(mode)

  it('is the same plan again after it was printed as SQL', () => {
    const checked = new Map(Object.keys(FORMS).map(name => [name, 0]))
    for (let seed = 0; seed < 1500; seed++) {
      const { table, forms } = randomTable(new Choices(numbersOf(seed)), random)
      const text = explained(table)
      if (text === undefined) continue
      const [, sql = ''] = text.split('== SQL ==')
      const message = `seed ${seed}: ${forms.join(', ')}\n${sql}`
      if (sql.includes(LOST_ORDER)) {
        expect(forms, message).toContain('orderBy, limit')
        continue
      }
      const [query = ''] = /^(?:WITH|SELECT|\(SELECT)[\s\S]*(?=;\s*$)/m.exec(sql) ?? []
      const again = random.app.sql([query] as never)
      expect(planOf(again.explain()), message).toBe(planOf(text))
      for (const name of forms) checked.set(name, (checked.get(name) as number) + 1)
    }
    for (const [name, times] of checked) expect(times, name).toBeGreaterThan(40)
  }, 60_000)
})
