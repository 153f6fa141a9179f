// A table in groups, waiting for the aggregates to be selected.

import { columnAt, createProject } from '../../plan/create-node.ts'
import type { Expression, NamedExpression } from '../../plan/expression.ts'
import { UnknownColumnError } from '../../plan/expression-errors.ts'
import { createGroupings, groupingBits, type KeySets } from '../../plan/compose/grouping-sets.ts'
import type { PlanNode } from '../../plan/node.ts'
import { sessionsOfFiltered } from '../../plan/compose/sessions-of-filtered.ts'
import { createLiteral } from '../../plan/create-expression.ts'
import { type Duration, durationMs } from '../../types/duration.ts'
import { notNull, types } from '../../types/data-type.ts'
import {
  AggregateBuilder,
  type AggregateColumns,
  type AggregateSelection,
  type CheckedAggregates,
  type GroupingBuilder,
} from '../columns/aggregates.ts'
import type { AppContext } from '../app-context.ts'
import type { ExprsOf } from '../columns/expr.ts'
import type { Columns, Flat } from '../columns/sql-type.ts'
import { bindColumns } from './bind-columns.ts'
import { Table } from './table.ts'

/** By what rows are grouped. */
export interface Grouped {
  readonly keys: readonly NamedExpression[]
  /** Sets of positions among the keys; absent: all. */
  readonly sets?: KeySets
}

export interface AggregateOptions {
  /** How long an idle group is kept; `0`: for ever. Absent: as the program says. SQL's hint STATE_TTL. */
  readonly stateTtl?: Duration
}

/** The rows of a table by group: `C` are its columns, `G` those of the key. */
export class GroupedTable<C extends Columns, G extends Columns> {
  readonly #app: AppContext
  readonly #plan: PlanNode
  readonly #by: Grouped

  constructor(app: AppContext, plan: PlanNode, by: Grouped) {
    this.#app = app
    this.#plan = plan
    this.#by = by
    Object.freeze(this)
  }

  /**
   * One row a group: its key, then the aggregates. Of a windowed table the row comes once, when its window closes; otherwise it is
   * updated with each row of the group.
   */
  select<P extends AggregateSelection>(
    aggregates: (columns: ExprsOf<C>) => P & CheckedAggregates<C, P>,
    options?: AggregateOptions,
  ): Table<Flat<G & AggregateColumns<C, P>>>
  select<P extends AggregateSelection>(
    aggregates: P & CheckedAggregates<C, P>,
    options?: AggregateOptions,
  ): Table<Flat<G & AggregateColumns<C, P>>>
  select(aggregates: unknown, options: AggregateOptions = {}): unknown {
    const { scope, columns, context } = bindColumns(this.#app, this.#plan)
    const selection = Object.entries(
      (typeof aggregates === 'function' ? aggregates(columns) : aggregates) as Readonly<
        Record<string, AggregateBuilder | GroupingBuilder>
      >,
    )
    const { keys, sets } = this.#by
    const calls = selection.flatMap(([name, a]) =>
      a instanceof AggregateBuilder ? [a.build(name, scope, context)] : [],
    )
    const input = sessionsOfFiltered(this.#plan, keys)
    const node = withTtl(createGroupings(input, keys, calls, sets), options)
    if (!sets && calls.length === selection.length) return new Table(this.#app, node)
    let position = keys.length
    const selected = selection.map(([name, a]) => ({
      name,
      expression:
        a instanceof AggregateBuilder ? columnAt(node, position++) : this.#groupingId(a, node),
    }))
    const kept = keys.map(({ name }, i) => ({ name, expression: columnAt(node, i) }))
    return new Table(this.#app, createProject(node, [...kept, ...selected]))
  }

  #groupingId({ names }: GroupingBuilder, node: PlanNode): Expression {
    const { keys, sets } = this.#by
    const available = keys.map(k => k.name)
    const positions = names.map(name => {
      const position = available.indexOf(name)
      if (position < 0) throw new UnknownColumnError({ column: name, available })
      return position
    })
    return sets
      ? groupingBits(this.#app.environment, node, positions, keys.length)
      : createLiteral(0, notNull(types.bigint))
  }
}

function withTtl(node: PlanNode, { stateTtl }: AggregateOptions): PlanNode {
  if (stateTtl === undefined) return node
  const stateTtlMs = durationMs(stateTtl, 'stateTtl')
  if (node.kind === 'aggregate') return { ...node, stateTtlMs }
  return node.kind === 'union'
    ? { ...node, inputs: node.inputs.map(input => withTtl(input, { stateTtl })) }
    : node
}
