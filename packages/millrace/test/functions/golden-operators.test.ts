// Flink's recorded answers to operators, casts and conditional functions: interpreted and emitted.

import { describe, expect, it } from 'vitest'
import { canonicalValue } from '../../src/types/canonical-json.ts'
import { formatType } from '../../src/types/data-type.ts'
import { evaluateExpression } from './support/evaluate-expression.ts'
import { goldenExpressions, TABLES, tableRows } from './support/golden.ts'

const GROUPS = ['arithmetic', 'arithmetic-columns', 'comparison', 'conditional-cast', 'logical']

/** Two doubles count as equal up to 1e-9, two FLOATs when they are the same 32 bits: the suite's own rule. */
function isClose(isFloat: boolean, a: unknown, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return JSON.stringify(a) === JSON.stringify(b)
  if (isFloat && Math.fround(a) === Math.fround(b)) return true
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
}

describe.each(GROUPS)("Flink's answers: %s", group => {
  const cases = goldenExpressions(group)

  it.each(cases.filter(c => c.values))('$id $expr', ({ expr, table, values = [], type = '' }) => {
    const bound = evaluateExpression(expr, table ? TABLES[table] : [])
    const write = canonicalValue(bound.type)
    const rows = table ? tableRows(table) : [[]]
    expect(formatType(bound.type)).toBe(type)
    expect(rows).toHaveLength(values.length)
    for (const [i, row] of rows.entries()) {
      for (const value of [bound.evaluate(row), bound.compiled(row)]) {
        const answer = JSON.parse(write(value))
        expect(
          isClose(type.startsWith('FLOAT'), answer, values[i]),
          `${answer}, not ${values[i]}`,
        ).toBe(true)
      }
    }
  })

  it.each(cases.filter(c => c.error))('rejects $id $expr', ({ expr }) => {
    expect(() => evaluateExpression(expr).evaluate([])).toThrow()
  })
})
