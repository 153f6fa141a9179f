// A plan as SQL and back: the text of what comes back, and of what it was.

import { Choices, generatePlan, generateTable, numbersOf } from '@millrace/testing'
import type { PlanNode, TableDescriptor } from 'millrace'
import { createFunctions } from 'millrace'
import { optimize } from '../../../src/optimizer/optimize.ts'
import { inputsOf, walkPlan } from '../../../src/plan/children.ts'
import { columnAt, createProject, createSink } from '../../../src/plan/create-node.ts'
import { printAggregate } from '../../../src/plan/print-expression.ts'
import { printPlan } from '../../../src/plan/print-plan.ts'
import { createBuiltInRegistry } from '../../../src/runner/built-in-registry.ts'
import { bindAppQuery, declarePlan } from '../../../src/sql/bind-app-query.ts'
import { Catalog } from '../../../src/sql/catalog/catalog.ts'
import { printQuery } from '../../../src/sql/print-sql.ts'
import { unparsePlan } from '../../../src/sql/unparse/unparse-plan.ts'
import { formatSchema } from '../../../src/types/schema.ts'

const functions = createFunctions()
const connectors = createBuiltInRegistry()

/** A random plan that SQL can say: without the column that tells grouping sets apart. */
export function randomPlan(seed: number): PlanNode {
  const choices = new Choices(numbersOf(seed))
  const bounds = { maxRows: 1, maxSplits: 1 }
  const describe = (name: string): TableDescriptor => ({
    name,
    schema: generateTable(choices, name, 0, bounds).schema,
    metadata: new Map(),
    primaryKey: [1],
    connector: 'datagen',
    options: new Map([['connector', 'datagen']]),
  })
  const plan = generatePlan(choices, [describe('a'), describe('b')], 'streaming')
  const shown = plan.schema.flatMap((c, i) =>
    c.name === '$grouping' ? [] : [{ name: c.name, expression: columnAt(plan, i) }],
  )
  return shown.length === plan.schema.length ? plan : createProject(plan, shown)
}

/**
 * Whether SQL has this very plan: it computes equal aggregates once, and names columns of one name apart before a window names
 * them.
 */
export function isSayable(plan: PlanNode): boolean {
  for (const node of walkPlan(plan)) {
    if (node.kind === 'aggregate') {
      // What GROUPING_ID computes of the set's number is not the number.
      const isRoot = node === plan || (plan.kind === 'project' && plan.input === node)
      if (node.groupingSets && !isRoot) return false
      const texts = node.aggregates.map(c => printAggregate(c))
      if (new Set(texts).size < texts.length) return false
    }
    if (node.kind === 'window') {
      const names = node.input.schema.map(c => c.name)
      if (new Set(names).size < names.length) return false
    }
  }
  return true
}

/** The tables of a plan: what its watermarks are on, by names. */
function tablesOf(plan: PlanNode): ReadonlyMap<PlanNode, string> {
  const tables = new Map<PlanNode, string>()
  const visit = (node: PlanNode): void => {
    if (node.kind === 'watermark' || node.kind === 'scan') {
      if (!tables.has(node)) tables.set(node, `events_${tables.size + 1}`)
      return
    }
    for (const input of inputsOf(node)) visit(input)
  }
  visit(plan)
  return tables
}

export function toSql(plan: PlanNode): string {
  const tables = tablesOf(plan)
  return printQuery(unparsePlan(plan, { functions, nameOf: node => tables.get(node) }))
}

/** The plan of a text over the tables of another plan. */
export function fromSql(text: string, plan: PlanNode): PlanNode {
  const catalog = new Catalog()
  for (const [node, name] of tablesOf(plan)) declarePlan(catalog, { name, plan: node })
  const environment = { functions, session: { timeZone: 'UTC' } }
  return bindAppQuery(text, { environment, connectors, mode: 'streaming', catalog })
}

/** What the optimizer makes of a plan, with the columns that it gives. */
export function optimized(plan: PlanNode): string {
  // Under names of their own: SQL numbers columns of one name.
  const columns = plan.schema.map((_, i) => ({ name: `c${i}`, expression: columnAt(plan, i) }))
  const named = createProject(plan, columns)
  const sink = createSink(named, {
    name: 'result',
    schema: named.schema,
    metadata: new Map(),
    primaryKey: [],
    connector: 'blackhole',
    options: new Map([['connector', 'blackhole']]),
  })
  const [root] = optimize([sink], { mode: 'streaming' })
  return `${printPlan(root as PlanNode)}\n${formatSchema(named.schema)}`
}
