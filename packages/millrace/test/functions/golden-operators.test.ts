// Flink's recorded answers to operators, casts and conditional functions: interpreted and emitted.

import { describe, expect, it } from 'vitest'
import { canonicalValue } from '../../src/types/canonical-json.ts'
import { formatType } from '../../src/types/data-type.ts'
import { evaluateExpression, refusalOf } from './support/evaluate-expression.ts'
import { goldenExpressions, TABLES, tableRows } from './support/golden.ts'
import { isClose } from './support/is-close.ts'

const GROUPS = ['arithmetic', 'arithmetic-columns', 'comparison', 'conditional-cast', 'logical']

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
    expect(refusalOf(expr)).toEqual(expect.any(String))
  })
})
