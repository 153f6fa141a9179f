// Binds scripts with everything built in, for the tests of the binder.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBuiltInRegistry as createFunctions } from '../../../../src/functions/built-in.ts'
import type { ProgramSettings } from '../../../../src/plan/program.ts'
import { printPlan } from '../../../../src/plan/print-plan.ts'
import { createBuiltInRegistry as createConnectors } from '../../../../src/runner/built-in-registry.ts'
import { type BoundScript, bindScript } from '../../../../src/sql/script.ts'
import { MillraceError } from '../../../../src/types/errors.ts'

const functions = createFunctions()
const connectors = createConnectors()

export function bind(text: string, settings: ProgramSettings = {}): BoundScript {
  return bindScript(text, { connectors, functions, settings })
}

export const TABLES = `
CREATE TABLE orders (
  id BIGINT, customer INT, product STRING, price DECIMAL(10, 2), qty INT, ts TIMESTAMP(3),
  item ROW<name STRING, tags ARRAY<STRING>>,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');
CREATE TABLE customers (
  customer INT, name STRING, PRIMARY KEY (customer) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = 'customers.ndjson', 'format' = 'json');
`

/** The text of the plan of a query over the tables above. */
export function planOf(query: string, settings: ProgramSettings = {}): string {
  const { query: plan } = bind(`${TABLES}${query}`, settings)
  if (!plan) throw new TypeError('the script has no query')
  return printPlan(plan).trimEnd()
}

/** The error with which a script is refused. */
export function refusal(text: string, settings: ProgramSettings = {}): MillraceError {
  try {
    bind(text, settings)
  } catch (error) {
    if (error instanceof MillraceError) return error
    throw error
  }
  throw new TypeError(`was accepted: ${text}`)
}

const CONFORMANCE = join(import.meta.dirname, '../../../../../../conformance/open')

export interface ConformanceCase {
  readonly name: string
  readonly text: string
  readonly mode: 'streaming' | 'batch'
  readonly mentions: readonly string[]
  readonly meta: {
    readonly status: 'ok' | 'error'
    readonly phase?: string
    readonly columns?: readonly { readonly name: string; readonly type: string }[]
  }
}

/** The cases of the conformance suite with Flink's recorded answer, one per mode. */
export function conformanceCases(): ConformanceCase[] {
  return readdirSync(join(CONFORMANCE, 'cases'))
    .flatMap(group =>
      readdirSync(join(CONFORMANCE, 'cases', group)).map(file => `${group}/${file.slice(0, -4)}`),
    )
    .flatMap(readCase)
}

function readCase(name: string): ConformanceCase[] {
  const text = readFileSync(join(CONFORMANCE, 'cases', `${name}.sql`), 'utf8')
  const directive = (key: string) => new RegExp(`^-- ${key}: (.*)$`, 'm').exec(text)?.[1]
  const given = directive('mode')
  const modes = given === 'both' ? (['streaming', 'batch'] as const) : [given as 'streaming']
  return modes.map(mode => {
    const golden = readFileSync(join(CONFORMANCE, 'golden', `${name}.${mode}.ndjson`), 'utf8')
    const { meta } = JSON.parse(golden.slice(0, golden.indexOf('\n'))) as ConformanceCase
    const mentions = directive('mention')?.split(', ') ?? []
    return { name, text, mode, mentions, meta }
  })
}
