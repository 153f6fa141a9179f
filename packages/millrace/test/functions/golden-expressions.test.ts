// Flink's recorded answers to scalar expressions, against our functions: interpreted and emitted.

import { describe, expect, it } from 'vitest'
import { canonicalValue } from '../../src/types/canonical-json.ts'
import { formatType } from '../../src/types/data-type.ts'
import { evaluateExpression, refusalOf } from './support/evaluate-expression.ts'
import { goldenExpressions, TABLES, tableRows } from './support/golden.ts'

const GROUPS = [
  'string',
  'string-columns',
  'temporal',
  'temporal-columns',
  'json',
  'collection',
  'collection-columns',
]

/** Rejections and renamings that are the binder's. */
const byBinder = (expr: string): boolean => /^ARRAY\[\]$/.test(expr)

describe.each(GROUPS)("Flink's answers: %s", group => {
  const cases = goldenExpressions(group)

  it.each(cases.filter(c => c.values))('$id $expr', ({ expr, table, values, type }) => {
    const schema = table ? (TABLES[table] as NonNullable<(typeof TABLES)[string]>) : []
    const rows = table ? tableRows(table) : [[]]
    const bound = evaluateExpression(expr, schema)
    const write = canonicalValue(bound.type)
    const parse = (text: string) => JSON.parse(text)
    expect(rows.map(row => parse(write(bound.evaluate(row))))).toEqual(values)
    expect(rows.map(row => parse(write(bound.compiled(row))))).toEqual(values)
    expect(formatType(bound.type)).toBe(type)
  })

  it.each(cases.filter(c => c.error && !byBinder(c.expr)))('rejects $id $expr', ({ expr }) => {
    expect(refusalOf(expr)).toEqual(expect.any(String))
  })
})
