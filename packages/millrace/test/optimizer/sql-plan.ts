// Plans of SQL queries over a few tables, as lines, before and after rules.

import { dedupeSubplans } from '../../src/optimizer/dedupe-subplans.ts'
import { optimize } from '../../src/optimizer/optimize.ts'
import type { OptimizerSettings } from '../../src/optimizer/optimizer-settings.ts'
import type { SinkNode } from '../../src/plan/node.ts'
import { printPlan } from '../../src/plan/print-plan.ts'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { explainQueryPlan, loadScript } from '../../src/runner/load-script.ts'
import type { Rule } from './plan-fixture.ts'

const file = (format: string) =>
  `WITH ('connector' = 'filesystem', 'path' = 'in', 'format' = '${format}')`

const TABLES = `
  CREATE TABLE orders (id INT, customer INT, amount INT NOT NULL, price DOUBLE, note STRING) ${file('json')};
  CREATE TABLE items (id INT, a INT, b INT) ${file('json')};
  CREATE TABLE timed (id INT, a INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts) ${file('json')};
  CREATE TABLE keyed (id INT, a INT, ts TIMESTAMP(3), PRIMARY KEY (id) NOT ENFORCED, WATERMARK FOR ts AS ts) ${file('json')};
  CREATE TABLE customers (customer INT, name STRING, city STRING, PRIMARY KEY (customer) NOT ENFORCED) ${file('debezium-json')};
  CREATE TABLE cities (city STRING, country STRING, PRIMARY KEY (city) NOT ENFORCED) ${file('debezium-json')};
`

function programOf(query: string, mode: OptimizerSettings['mode']) {
  const connectors = createBuiltInRegistry()
  const script = loadScript(`${TABLES} ${query}`, {
    name: 'script',
    connectors,
    settings: { mode },
  })
  return script.query ? explainQueryPlan(script.program, script.query.plan) : script.program
}

const linesOf = (roots: readonly SinkNode[]): readonly string[] =>
  roots.flatMap(root =>
    printPlan(root.input)
      .split('\n')
      .map(line => line.trimEnd()),
  )

/** The query's plan as it was bound. */
export const bound = (query: string): readonly string[] =>
  linesOf(programOf(query, 'streaming').sinks)

/** The query's plan after one rule. */
export const afterRule = (rule: Rule, query: string): readonly string[] =>
  linesOf(rule(dedupeSubplans(programOf(query, 'streaming').sinks)))

/** The query's plan after all rules. */
export const optimized = (
  query: string,
  settings: OptimizerSettings = { mode: 'streaming' },
): readonly string[] => linesOf(optimize(programOf(query, settings.mode).sinks, settings))
