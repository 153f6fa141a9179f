// Small pieces of random plans: sources with watermarks, conditions, projections, aggregates.

import {
  type AggregateCall,
  columnAt,
  createAggregateCall,
  createCall,
  createFilter,
  createFunctions,
  createLiteral,
  createLogical,
  createProject,
  createScan,
  createWatermark,
  type Expression,
  type NamedExpression,
  notNull,
  type PlanNode,
  type SortKey,
  type TableDescriptor,
  types,
} from 'millrace'
import type { Choices } from './choices.ts'

export const ENVIRONMENT: Parameters<typeof createCall>[0] = {
  functions: createFunctions(),
  session: { timeZone: 'UTC' },
}

export const call = (name: string, ...args: readonly Expression[]): Expression =>
  createCall(ENVIRONMENT, name, args)

export const integer = (value: number): Expression => createLiteral(value, notNull(types.int))
const text = (value: string): Expression => createLiteral(value, notNull(types.string))
export const interval = (ms: number): Expression => createLiteral(ms, notNull(types.intervalDay()))

/** The position of a column; -1 without it. */
export const indexOf = (input: PlanNode, name: string): number =>
  input.schema.findIndex(c => c.name === name)

export const column = (input: PlanNode, name: string): Expression =>
  columnAt(input, indexOf(input, name))

export const named = (input: PlanNode, ...names: readonly string[]): readonly NamedExpression[] =>
  names.map(name => ({ name, expression: column(input, name) }))

/** A column of the right side, over the columns of left then right. */
export function rightColumn(left: PlanNode, right: PlanNode, name: string): Expression {
  const { type } = column(right, name)
  return { kind: 'column', index: left.schema.length + indexOf(right, name), name, type }
}

export const ascending = (expression: Expression): SortKey => ({
  expression,
  descending: false,
  nullsFirst: true,
})
export const descending = (expression: Expression): SortKey => ({
  expression,
  descending: true,
  nullsFirst: false,
})

/** A table with its watermark, perhaps filtered and projected below it. `id`, `k`, `n`, `ts` stay. */
export function eventsOf(choices: Choices, table: TableDescriptor): PlanNode {
  let input: PlanNode = createScan(table)
  if (choices.oneIn(3)) input = createFilter(input, condition(choices, input))
  if (choices.oneIn(3)) input = widened(choices, input)
  const ts = column(input, 'ts')
  const delay = interval(choices.pick([0, 200, 1000, 5000]))
  return createWatermark(input, indexOf(input, 'ts'), call('-', ts, delay))
}

/** All columns and a computed one. */
export function widened(choices: Choices, input: PlanNode): PlanNode {
  const n = column(input, 'n')
  const computed = choices.pick([
    () => call('+', n, integer(1)),
    () => call('*', n, n),
    () => call('COALESCE', n, integer(0)),
    () => call('MOD', n, integer(3)),
  ])()
  const all = input.schema.map((c, i) => ({ name: c.name, expression: columnAt(input, i) }))
  const name = `x${input.schema.length}`
  return createProject(input, [...all, { name, expression: computed }])
}

/** Three-valued, over columns that every generated relation of events has. */
export function condition(choices: Choices, input: PlanNode): Expression {
  const k = column(input, 'k')
  const n = column(input, 'n')
  const simple = (): Expression =>
    choices.pick([
      () => call('>', n, integer(choices.below(5) - 3)),
      () => call('<>', n, integer(0)),
      () => call('IS NOT NULL', k),
      () => call('IS NULL', n),
      () => call('=', k, text(choices.pick(['a', '__proto__', 'é']))),
      () => call('<', k, text('b')),
    ])()
  if (choices.oneIn(3)) return createLogical('and', [simple(), simple()])
  return choices.oneIn(3) ? createLogical('or', [simple(), simple()]) : simple()
}

/** One to three aggregates, of those that do not depend on the order of rows. */
export function aggregates(choices: Choices, input: PlanNode): readonly AggregateCall[] {
  return Array.from({ length: 1 + choices.below(3) }, (_, i) => {
    const numbers = input.schema.flatMap((c, at) =>
      ['bigint', 'int', 'decimal', 'double'].includes(c.type.kind) ? [columnAt(input, at)] : [],
    )
    const number = choices.pick(numbers)
    const [fn, args] = choices.pick<readonly [string, readonly Expression[]]>([
      ['COUNT', []],
      ['COUNT', [number]],
      ['SUM', [number]],
      ['MIN', [number]],
      ['MAX', [number]],
      ['AVG', [number]],
    ])
    const distinct = args.length > 0 && choices.oneIn(4)
    const filter =
      choices.oneIn(4) && indexOf(input, 'k') >= 0 && indexOf(input, 'n') >= 0
        ? call('IS TRUE', condition(choices, input))
        : undefined
    return createAggregateCall(ENVIRONMENT, { name: `a${i}`, function: fn, args, distinct, filter })
  })
}
