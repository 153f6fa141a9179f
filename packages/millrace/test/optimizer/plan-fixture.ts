// Tables and short constructors for plans that rules are tried on.

import { createBuiltInRegistry } from '../../src/functions/built-in.ts'
import {
  createAggregateCall,
  createCall,
  createField,
  createLiteral,
  integerLiteral,
  textLiteral,
} from '../../src/plan/create-expression.ts'
import {
  columnAt,
  createFilter,
  createProject,
  createScan,
  createSink,
  createWatermark,
} from '../../src/plan/create-node.ts'
import type { AggregateCall, Expression, SortKey } from '../../src/plan/expression.ts'
import type { PlanNode, SinkNode } from '../../src/plan/node.ts'
import { printPlan } from '../../src/plan/print-plan.ts'
import { shiftColumns } from '../../src/plan/transform.ts'
import { notNull, types } from '../../src/types/data-type.ts'
import type { Schema } from '../../src/types/schema.ts'
import type { TableDescriptor } from '../../src/types/table-descriptor.ts'

export const environment = {
  functions: createBuiltInRegistry(),
  session: { timeZone: 'UTC' },
}

export const TRUE = createLiteral(true, notNull(types.boolean))
export const FALSE = createLiteral(false, notNull(types.boolean))
export const UNKNOWN = createLiteral(null, types.boolean)

/** A number is an INT or BIGINT, a text a CHAR, an expression itself. */
export type Operand = Expression | number | string

export function expression(operand: Operand): Expression {
  if (typeof operand === 'number') return integerLiteral(BigInt(operand)) as Expression
  return typeof operand === 'string' ? textLiteral(operand) : operand
}

export const call = (name: string, ...args: readonly Operand[]): Expression =>
  createCall(environment, name, args.map(expression))

/** A column by name, or a field of one by a path such as `bid.price`. */
export function column(input: PlanNode, path: string): Expression {
  const [name, ...fields] = path.split('.')
  const index = input.schema.findIndex(c => c.name === name)
  return fields.reduce(
    (row, field) => {
      const all = row.type.kind === 'row' ? row.type.fields : []
      return createField(
        row,
        all.findIndex(f => f.name === field),
      )
    },
    columnAt(input, index),
  )
}

/** A column of the right side of a join. */
export const rightColumn = (left: PlanNode, right: PlanNode, path: string): Expression =>
  shiftColumns(column(right, path), left.schema.length)

export const aggregate = (
  name: string,
  fn: string,
  ...args: readonly Expression[]
): AggregateCall => createAggregateCall(environment, { name, function: fn, args })

export const ascending = (e: Expression): SortKey => ({
  expression: e,
  descending: false,
  nullsFirst: true,
})

export const filter = (input: PlanNode, ...condition: readonly Operand[]): PlanNode =>
  createFilter(input, expression(condition[0] as Operand))

/** A projection of columns by path; `name=path` renames. */
export function project(input: PlanNode, ...columns: readonly (string | [string, Expression])[]) {
  return createProject(
    input,
    columns.map(c => {
      if (typeof c !== 'string') return { name: c[0], expression: c[1] }
      const [name = '', path = name] = c.split('=')
      return { name: name.split('.').at(-1) ?? name, expression: column(input, path) }
    }),
  )
}

export function table(
  name: string,
  schema: Schema,
  primaryKey: readonly number[] = [],
): TableDescriptor {
  const options = new Map([['connector', 'memory']])
  return { name, schema, metadata: new Map(), primaryKey, connector: 'memory', options }
}

const bid = types.row([
  { name: 'auction', type: types.bigint },
  { name: 'bidder', type: types.bigint },
  { name: 'price', type: types.bigint },
  {
    name: 'extra',
    type: types.row([
      { name: 'channel', type: types.string },
      { name: 'url', type: types.string },
    ]),
  },
])

const person = types.row([
  { name: 'id', type: types.bigint },
  { name: 'name', type: types.string },
])

export const eventsTable = table('events', [
  { name: 'kind', type: types.int },
  { name: 'person', type: person },
  { name: 'bid', type: bid },
  { name: 'at', type: types.timestamp(3) },
])

export const ordersTable = table('orders', [
  { name: 'id', type: types.int },
  { name: 'customer', type: types.int },
  { name: 'amount', type: types.int },
  { name: 'note', type: types.string },
])

export const customersTable = table(
  'customers',
  [
    { name: 'customer', type: notNull(types.int) },
    { name: 'name', type: types.string },
    { name: 'city', type: types.string },
  ],
  [0],
)

export const scanEvents = (): PlanNode => createScan(eventsTable)
export const scanOrders = (): PlanNode => createScan(ordersTable)
export const scanCustomers = (): PlanNode => createScan(customersTable)

/** The events with their event time. */
export function timedEvents(): PlanNode {
  const scan = scanEvents()
  return createWatermark(scan, 3, column(scan, 'at'))
}

export const into = (input: PlanNode, name = 'out'): SinkNode =>
  createSink(input, table(name, input.schema))

export type Rule = (roots: readonly SinkNode[]) => readonly SinkNode[]

/** The plan below the sink after the rule, as lines. */
export function after(rule: Rule, plan: PlanNode): readonly string[] {
  const [sink] = rule([into(plan)])
  return lines((sink as SinkNode).input)
}

export const lines = (plan: PlanNode): readonly string[] =>
  printPlan(plan)
    .split('\n')
    .map(line => line.trimEnd())
