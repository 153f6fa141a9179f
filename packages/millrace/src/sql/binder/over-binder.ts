// OVER: aggregates over frames, and the ranks of which a filter makes Top-N and deduplication.

import { UnknownFunctionError } from '../../plan/expression-errors.ts'
import type { BindingEnvironment } from '../../plan/create-expression.ts'
import { createAggregateCall, createPositionCall } from '../../plan/create-expression.ts'
import { columnAt, createOver, createRank } from '../../plan/create-node.ts'
import { located } from '../../plan/origin.ts'
import type { AggregateCall, Expression, PositionCall, SortKey } from '../../plan/expression.ts'
import { mapAggregate, mapPosition } from '../../plan/map-children.ts'
import { structureOf } from '../../plan/structure-of.ts'
import type { OverFrame, PlanNode, RankNode } from '../../plan/node.ts'
import { notNull, types } from '../../types/data-type.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { Call, WindowSpec } from '../ast/expression.ts'
import type { OrderItem, Select } from '../ast/query.ts'
import { InvalidSqlError, UnsupportedSqlError } from './binder-errors.ts'
import { functionName, scalarArguments } from './expressions/bind-call.ts'
import { bindExpression } from './expressions/bind-expression.ts'
import type { DeferredColumns } from './expressions/deferred-columns.ts'
import type { ExpressionContext } from './expressions/expression-context.ts'
import { aggregateArguments, type Deferred } from './group-binder.ts'
import { bindFrame } from './over-frames.ts'

const RANKS: Readonly<Record<string, RankNode['function']>> = {
  ROW_NUMBER: 'row_number',
  RANK: 'rank',
  DENSE_RANK: 'dense_rank',
}

interface OverCall {
  readonly what: RankNode['function'] | AggregateCall | PositionCall
  readonly partition: readonly Expression[]
  readonly order: readonly SortKey[]
  readonly frame: OverFrame
  readonly column: Expression
  readonly at: SourceSpan
}

/** Collects the OVER calls of one SELECT, then stacks their nodes. */
export class OverBinder {
  readonly #environment: BindingEnvironment
  readonly #text: string
  readonly #deferred: DeferredColumns<Deferred>
  readonly #windows: Select['windows']
  readonly #isStreaming: boolean
  readonly #calls: OverCall[] = []

  constructor(facts: {
    readonly environment: BindingEnvironment
    readonly text: string
    readonly deferred: DeferredColumns<Deferred>
    readonly windows: Select['windows']
    readonly mode: 'streaming' | 'batch'
  }) {
    this.#environment = facts.environment
    this.#text = facts.text
    this.#deferred = facts.deferred
    this.#windows = facts.windows
    rejectRepeated(facts.windows)
    this.#isStreaming = facts.mode === 'streaming'
  }

  /** A call with OVER as a deferred column. */
  add(call: Call, context: ExpressionContext): Expression {
    const name = functionName(call)
    const spec = this.#specOf(call)
    const { over: _, ...rest } = context
    const inner: ExpressionContext = { ...rest, clause: `the arguments of ${name} OVER` }
    const partition = spec.partitionBy.map(e => bindExpression(inner, e))
    const order = spec.orderBy.map(item => bindSortKey(inner, item))
    const rank = RANKS[name]
    const { functions } = this.#environment
    const isPosition = functions.position(name) !== undefined
    if (!rank && !functions.find(name))
      throw new UnknownFunctionError({ name, known: functions.names(), at: call.name[0]?.span })
    if (!rank && !isPosition && !functions.aggregate(name))
      throw new UnsupportedSqlError({
        what: `${name} OVER`,
        remedy: 'Use an aggregate, a rank, LAG, LEAD, NTILE, CUME_DIST or PERCENT_RANK.',
        at: call.span,
      })
    if (spec.frame && (rank || isPosition))
      throw new InvalidSqlError({
        problem: `${name} takes no frame`,
        remedy: 'Remove ROWS or RANGE; it looks at the whole order.',
        at: spec.span,
      })
    const goesByArrival = name === 'LAG' || name === 'LEAD' || !(rank || isPosition)
    if (order.length === 0 && (!goesByArrival || this.#isStreaming))
      throw new InvalidSqlError({
        problem: `${name} OVER needs ORDER BY`,
        remedy: 'Order by the event-time column.',
        at: spec.span,
      })
    const what =
      rank ??
      (isPosition
        ? this.#position(call, inner, name)
        : createAggregateCall(this.#environment, {
            name: `EXPR$${this.#calls.length}`,
            function: name,
            args: aggregateArguments(inner, call, name),
            distinct: call.quantifier === 'DISTINCT',
            filter: call.filter && bindExpression(inner, call.filter),
            at: call.span,
          }))
    const frame = bindFrame(inner, spec, order, this.#isStreaming)
    const type = typeof what === 'string' ? notNull(types.bigint) : what.type
    const column = this.#deferred.add(name, type, { kind: 'over', position: this.#calls.length })
    this.#calls.push({ what, partition, order, frame, column, at: call.span })
    return column
  }

  /**
   * Stacks the nodes above the input.
   *
   * @param resolve brings what was bound into terms of the input
   * @returns the plan, and per call the column that holds its result
   */
  build(
    input: PlanNode,
    resolve: (e: Expression) => Expression,
    nameOf: (column: Expression) => string | undefined,
  ): { readonly plan: PlanNode; readonly columns: readonly Expression[] } {
    const groups = new Map<string, { call: OverCall; position: number }[]>()
    for (const [position, call] of this.#calls.entries()) {
      const key = groupKey(call, position)
      groups.set(key, [...(groups.get(key) ?? []), { call, position }])
    }
    let plan = input
    const columns: Expression[] = []
    for (const group of groups.values()) {
      const [{ call }] = group as [{ call: OverCall; position: number }]
      const width = plan.schema.length
      const partition = call.partition.map(resolve)
      const order = call.order.map(k => ({ ...k, expression: resolve(k.expression) }))
      if (typeof call.what === 'string') {
        const to = Number.POSITIVE_INFINITY
        const name = nameOf(call.column) ?? 'rank'
        plan = createRank({ input: plan, function: call.what, partition, order, from: 1, to }, name)
      } else {
        // The node appends aggregates first.
        group.sort((a, b) => Number(isPositionCall(a.call)) - Number(isPositionCall(b.call)))
        const calls = group.flatMap(({ call: { what, column } }) =>
          isAggregateCall(what)
            ? [{ ...mapAggregate(what, resolve), name: nameOf(column) ?? what.name }]
            : [],
        )
        const positions = group.flatMap(({ call: { what, column } }) =>
          typeof what === 'string' || isAggregateCall(what)
            ? []
            : [{ ...mapPosition(what, resolve), name: nameOf(column) ?? what.name }],
        )
        const { frame, at } = call
        const over = createOver({ input: plan, partition, order, frame, calls, positions })
        plan = located(over, { text: this.#text, at })
      }
      for (const [i, { position }] of group.entries()) columns[position] = columnAt(plan, width + i)
    }
    return { plan, columns }
  }

  #position(call: Call, context: ExpressionContext, name: string): PositionCall {
    const modifier = call.quantifier === 'DISTINCT' ? 'DISTINCT' : call.filter && 'FILTER'
    if (modifier)
      throw new InvalidSqlError({
        problem: `${modifier} is for aggregates; ${name} is none`,
        remedy: `Remove ${modifier}.`,
        at: call.span,
      })
    const made = createPositionCall(this.#environment, {
      name: `EXPR$${this.#calls.length}`,
      function: name,
      args: scalarArguments(context, call, name),
      at: call.span,
    })
    if (this.#isStreaming && !made.binding.soFar)
      throw new UnsupportedSqlError({
        what: `${name} of a stream, which needs rows that are still to come,`,
        remedy: 'Run in batch mode.',
        at: call.span,
      })
    return made
  }

  #specOf(call: Call): WindowSpec {
    const given = call.over as WindowSpec
    if (!given.name) return given
    const named = this.#windows.find(w => w.name.name === given.name?.name)?.spec
    if (!named)
      throw new InvalidSqlError({
        problem: `There is no window "${given.name.name}"`,
        remedy: `Declare it: WINDOW ${given.name.name} AS (…).`,
        at: given.name.span,
      })
    return {
      ...named,
      partitionBy: named.partitionBy.length > 0 ? named.partitionBy : given.partitionBy,
      orderBy: named.orderBy.length > 0 ? named.orderBy : given.orderBy,
      frame: given.frame ?? named.frame,
    }
  }
}

const isAggregateCall = (what: OverCall['what']): what is AggregateCall =>
  typeof what !== 'string' && 'distinct' in what

const isPositionCall = ({ what }: OverCall): boolean =>
  typeof what !== 'string' && !isAggregateCall(what)

/** Ranks stand alone; aggregates over the same frame share a node. */
function groupKey({ what, partition, order, frame }: OverCall, position: number): string {
  if (typeof what === 'string') return `rank ${position}`
  const keys = order.map(k => [structureOf(k.expression), k.descending, k.nullsFirst])
  return JSON.stringify([partition.map(structureOf), keys, frame])
}

function rejectRepeated(windows: Select['windows']): void {
  const repeated = windows.find((w, i) => windows.findIndex(v => v.name.name === w.name.name) < i)
  if (repeated)
    throw new InvalidSqlError({
      problem: `There are two windows "${repeated.name.name}"`,
      remedy: 'Give each a name of its own.',
      at: repeated.name.span,
      code: 'MR_SQL_DUPLICATE',
    })
}

/** NULLs are the smallest values unless said otherwise. */
export function bindSortKey(context: ExpressionContext, item: OrderItem): SortKey {
  return sortKey(bindExpression(context, item.expression), item)
}

export function sortKey(expression: Expression, { descending, nulls }: OrderItem): SortKey {
  return { expression, descending, nullsFirst: nulls ? nulls === 'FIRST' : !descending }
}
