// Evaluates the examples of functions by the engine.

import { createBuiltInRegistry } from '../../../packages/millrace/src/functions/built-in.ts'
import { createBuiltInRegistry as createConnectors } from '../../../packages/millrace/src/runner/built-in-registry.ts'
import { embeddedRunner } from '../../../packages/millrace/src/runner/embedded-runner.ts'
import { loadScript } from '../../../packages/millrace/src/runner/load-script.ts'
import { bindScript } from '../../../packages/millrace/src/sql/script.ts'
import { canonicalValue } from '../../../packages/millrace/src/types/canonical-json.ts'
import { type DataType, formatType } from '../../../packages/millrace/src/types/data-type.ts'

type Examples = readonly (readonly [call: string, result: string])[]

/** What the aggregates of examples are over. */
const AGGREGATE_ROWS = "(VALUES (3, 'c'), (1, 'a'), (2, 'b')) AS t (x, s)"

/** The types of the calls. */
export function typesOfCalls(examples: Examples, group: string): string[] {
  const { queryColumns } = bindScript(queryOf(calls(examples), group), {
    connectors: createConnectors(),
    functions: createBuiltInRegistry(),
    settings: { mode: 'batch' },
  })
  return queryColumns.map(c => formatType(c.type))
}

/** What each call gives, and what its example says that it gives: as canonical JSON, parsed. */
export async function calledValues(
  examples: Examples,
  group: string,
): Promise<{ call: string; is: unknown; said: unknown }[]> {
  if (examples.length === 0) return []
  const is = await valuesOf(queryOf(calls(examples), group))
  const said = await valuesOf(
    queryOf(
      examples.map(([, result]) => typed(result)),
      '',
    ),
  )
  return examples.map(([call], i) => ({ call, is: is[i], said: said[i] }))
}

const calls = (examples: Examples): string[] => examples.map(([call]) => call)

/** A bare NULL has no type, and a number with a point is of another type than most calls. */
const typed = (result: string): string =>
  result === 'NULL'
    ? 'CAST(NULL AS STRING)'
    : /^-?\d+\.\d+$/.test(result)
      ? `CAST(${result} AS DOUBLE)`
      : result

function queryOf(expressions: readonly string[], group: string): string {
  const items = expressions.map((e, i) => `${e} AS c${i}`).join(', ')
  return `SELECT ${items}${group === 'aggregate' ? ` FROM ${AGGREGATE_ROWS}` : ''}`
}

async function valuesOf(query: string): Promise<unknown[]> {
  const script = loadScript(query, {
    name: 'examples',
    connectors: createConnectors(),
    settings: { mode: 'batch' },
  })
  const { plan, columns } = script.query as NonNullable<typeof script.query>
  for await (const { row } of embeddedRunner.query(script.program, plan))
    return columns.map((c, i) => {
      const value: unknown = JSON.parse(canonicalValue(c.type)(row[i] ?? null))
      return hasDecimals(c.type) ? asNumbers(value) : value
    })
  return []
}

const hasDecimals = (type: DataType): boolean =>
  type.kind === 'decimal' || (type.kind === 'array' && type.element.kind === 'decimal')

/** DECIMALs, canonically texts, as numbers: a literal with a point is one, where the call may give a DOUBLE. */
const asNumbers = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(asNumbers) : value === null ? null : Number(value)
