// Some 4,000 generated calls with the answers that Flink 2.2.1 gave, a line each in survey/: every function at its edges.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { RowFunctions } from '../../../src/compiler/code/row-functions.ts'
import type { EvaluationContext } from '../../../src/functions/function-definition.ts'
import { evaluateExpression } from '../../../src/plan/evaluate-expression.ts'
import type { Expression } from '../../../src/plan/expression.ts'
import { canonicalValue } from '../../../src/types/canonical-json.ts'
import { formatType } from '../../../src/types/data-type.ts'
import type { Value } from '../../../src/types/value.ts'
import { TABLES, tableRows } from '../../functions/support/golden.ts'
import { isClose } from '../../functions/support/is-close.ts'
import { bind } from '../../sql/binder/support/bind.ts'

const FOLDER = new URL('survey/', import.meta.url)
const NOW = Date.UTC(2026, 0, 1)
const CONTEXT: EvaluationContext = {
  nowMs: () => NOW,
  queryStartMs: () => NOW,
  watermarkMs: () => Number.NEGATIVE_INFINITY,
  random: () => 0.5,
}

interface Surveyed {
  readonly expr: string
  readonly table?: string
  readonly type?: string
  readonly values?: readonly unknown[]
  readonly error?: 'validation' | 'runtime'
}

describe("a survey of Flink's answers", () => {
  it.each(readdirSync(FOLDER))('%s', file => {
    const lines = readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n')
    expect(lines.length).toBeGreaterThan(30)
    expect(lines.flatMap(line => differencesIn(JSON.parse(line)))).toEqual([])
  })
})

/** What we answer otherwise, as texts. */
function differencesIn({ expr, table, type = '', values, error }: Surveyed): string[] {
  try {
    const bound = bindOver(expr, table)
    const answers = evaluateBothWays(bound, table)
    if (error !== undefined) return [`${expr} is accepted`]
    const found = formatType(bound.type)
    const isFloat = type.startsWith('FLOAT')
    return [
      ...(found === type ? [] : [`${expr} is ${found}, not ${type}`]),
      ...answers
        .filter(list => !list.every((answer, i) => isClose(isFloat, answer, values?.[i])))
        .map(list => `${expr} gives ${JSON.stringify(list)}, not ${JSON.stringify(values)}`),
    ]
  } catch (reason) {
    return error === undefined ? [`${expr}: ${reason}`] : []
  }
}

function bindOver(expr: string, table: string | undefined): Expression {
  const columns = table
    ? TABLES[table]?.map(({ name, type }) => `\`${name}\` ${formatType(type)}`).join(', ')
    : ''
  const ddl = table ? `CREATE TABLE ${table} (${columns}) WITH ('connector' = 'datagen');` : ''
  const from = table ? ` FROM ${table}${table === 'nested' ? ' n' : ''}` : ''
  const { query } = bind(`${ddl}SELECT ${expr}${from}`)
  if (query?.kind !== 'project') throw new TypeError(`no projection: ${query?.kind}`)
  return query.columns[0]?.expression as Expression
}

/** The canonical values per row: as interpreted, and as compiled. */
function evaluateBothWays(bound: Expression, table: string | undefined): unknown[][] {
  const rows = table ? tableRows(table) : [[]]
  const write = canonicalValue(bound.type)
  const compiled = new RowFunctions(CONTEXT).values([bound], rows[0]?.length ?? 0)
  const canonical = (value: Value) => JSON.parse(write(value))
  return [
    rows.map(row => canonical(evaluateExpression(bound, row, CONTEXT))),
    rows.map(row => canonical(compiled(row)[0] as Value)),
  ]
}
