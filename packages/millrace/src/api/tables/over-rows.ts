// over(): aggregates of the rows around each row, and its place among them, as columns beside it.

import { createPositionCall } from '../../plan/create-expression.ts'
import { columnAt, createOver, createProject, createRank } from '../../plan/create-node.ts'
import type { Expression, NamedExpression, SortKey } from '../../plan/expression.ts'
import type { OverFrame, PlanNode, RankNode } from '../../plan/node.ts'
import type { AppContext } from '../app-context.ts'
import {
  AggregateBuilder,
  type AggregateType,
  type Aggregate,
  type CheckedAggregates,
} from '../columns/aggregates.ts'
import { builderOf } from '../columns/expression-builder.ts'
import {
  type CheckedPosition,
  type Position,
  PositionBuilder,
  type PositionType,
} from '../columns/positions.ts'
import type { Columns } from '../columns/sql-type.ts'
import { type BoundColumns, bindColumns } from './bind-columns.ts'
import { frameOf, type OverOptions } from './over-frame.ts'
import { sortKeys } from './rank-rows.ts'

/** What over() takes: aggregates and functions of positions by the names of their columns. */
export type OverSelection = Readonly<Record<string, Aggregate | Position>>

/** The columns that a selection makes. */
export type OverColumns<C extends Columns, P> = {
  readonly [N in keyof P]: P[N] extends Position ? PositionType<C, P[N]> : AggregateType<C, P[N]>
}

/** The selection itself, or messages in the place of what is not over columns of the table. */
export type CheckedOver<C extends Columns, P> = {
  readonly [N in keyof P]: P[N] extends Position
    ? CheckedPosition<C, P[N]>
    : CheckedAggregates<C, P>[N]
}

const RANKS: Readonly<Record<string, RankNode['function']>> = {
  ROW_NUMBER: 'row_number',
  RANK: 'rank',
  DENSE_RANK: 'dense_rank',
}

type Selected = readonly [name: string, what: AggregateBuilder | PositionBuilder]

/** All columns, and those of the selection. Each rank is a node of its own, as in SQL; what shares a frame shares one. */
export function overRows(
  app: AppContext,
  input: PlanNode,
  options: OverOptions<Columns>,
  given: unknown,
): PlanNode {
  const bound = bindColumns<Columns>(app, input)
  const selection = Object.entries(
    (typeof given === 'function' ? given(bound.columns) : given) as Readonly<
      Record<string, Selected[1]>
    >,
  )
  const maker = new OverMaker(bound, options)
  let plan = input
  for (const group of groupsOf(selection, options)) plan = maker.add(plan, group)
  const columns = maker.inOrder(plan, input.schema.length, selection)
  const isInOrder =
    columns.length === plan.schema.length &&
    columns.every(({ expression: e }, i) => e.kind === 'column' && e.index === i)
  return isInOrder ? plan : createProject(plan, columns)
}

/** Those that one node computes: its aggregates come before its positions. */
function groupsOf(
  selection: readonly Selected[],
  options: OverOptions<Columns>,
): readonly (readonly Selected[])[] {
  const hasFrame = options.rows !== undefined || options.range !== undefined
  const groups = new Map<string, Selected[]>()
  for (const entry of selection) {
    const [name, what] = entry
    const isPosition = what instanceof PositionBuilder
    const key =
      isPosition && what.name in RANKS
        ? `rank ${name}`
        : isPosition && hasFrame
          ? 'positions'
          : 'frame'
    groups.set(key, [...(groups.get(key) ?? []), entry])
  }
  return [...groups.values()]
}

class OverMaker {
  readonly #bound: BoundColumns<Columns>
  readonly #partition: readonly Expression[]
  readonly #order: readonly SortKey[]
  readonly #frame: OverFrame
  /** Columns by names, where they are in the plan. */
  readonly #positions = new Map<string, number>()

  constructor(bound: BoundColumns<Columns>, options: OverOptions<Columns>) {
    this.#bound = bound
    const { partitionBy = [], orderBy } = options
    this.#partition = partitionBy.map(name => bound.scope.column(name).build(bound.context))
    const by = orderBy === undefined ? [] : Array.isArray(orderBy) ? orderBy : [orderBy]
    this.#order = sortKeys(by, bound.columns, bound.context)
    this.#frame = frameOf(options, this.#order.length > 0)
  }

  add(input: PlanNode, group: readonly Selected[]): PlanNode {
    const width = input.schema.length
    const [[name, what]] = group as readonly [Selected]
    const common = { input, partition: this.#partition, order: this.#order }
    const rank = what instanceof PositionBuilder ? RANKS[what.name] : undefined
    if (rank) {
      this.#positions.set(name, width)
      return createRank({ ...common, function: rank, from: 1, to: Infinity }, name)
    }
    const { scope, context } = this.#bound
    const calls = group.flatMap(([n, w]) =>
      w instanceof AggregateBuilder ? [w.build(n, scope, context)] : [],
    )
    const positions = group.flatMap(([n, w]) => {
      if (!(w instanceof PositionBuilder)) return []
      const read = (arg: unknown, i: number) =>
        i === 0 && typeof arg === 'string' ? scope.column(arg) : builderOf(arg)
      const args = w.args.map((arg, i) => read(arg, i).build(context))
      return [createPositionCall(context, { name: n, function: w.name, args })]
    })
    for (const [i, { name: n }] of [...calls, ...positions].entries())
      this.#positions.set(n, width + i)
    // Positions look at the whole order, whatever the frame of the aggregates.
    const frame = calls.length > 0 ? this.#frame : frameOf({}, this.#order.length > 0)
    return createOver({ ...common, frame, calls, positions })
  }

  /** Those of the input, of which the selection takes the place of its namesakes, and the others of the selection. */
  inOrder(
    plan: PlanNode,
    inputWidth: number,
    selection: readonly Selected[],
  ): readonly NamedExpression[] {
    const own = plan.schema.slice(0, inputWidth).map((c, i) => ({
      name: c.name,
      at: this.#positions.get(c.name) ?? i,
    }))
    const added = selection
      .filter(([name]) => !own.some(c => c.name === name))
      .map(([name]) => ({ name, at: this.#positions.get(name) as number }))
    return [...own, ...added].map(({ name, at }) => ({ name, expression: columnAt(plan, at) }))
  }
}
