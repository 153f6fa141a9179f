// A table in groups, waiting for the aggregates to be selected.

import { createAggregate } from '../../plan/create-node.ts'
import { sessionsOfFiltered } from '../../plan/sessions-of-filtered.ts'
import type { NamedExpression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import type {
  AggregateBuilder,
  AggregateColumns,
  AggregateSelection,
  CheckedAggregates,
} from '../columns/aggregates.ts'
import type { AppContext } from '../app-context.ts'
import { ColumnScope } from '../columns/column-scope.ts'
import type { ExprsOf } from '../columns/expr.ts'
import type { Columns, Flat } from '../columns/sql-type.ts'
import { Table } from './table.ts'

/** The rows of a table by group: `C` are its columns, `G` those of the key. */
export class GroupedTable<C extends Columns, G extends Columns> {
  readonly #app: AppContext
  readonly #plan: PlanNode
  readonly #keys: readonly NamedExpression[]

  constructor(app: AppContext, plan: PlanNode, keys: readonly NamedExpression[]) {
    this.#app = app
    this.#plan = plan
    this.#keys = keys
    Object.freeze(this)
  }

  /**
   * One row a group: its key, then the aggregates. Of a windowed table the row comes once, when its window closes; otherwise it is
   * updated with each row of the group.
   */
  select<P extends AggregateSelection>(
    aggregates: (columns: ExprsOf<C>) => P & CheckedAggregates<C, P>,
  ): Table<Flat<G & AggregateColumns<C, P>>>
  select<P extends AggregateSelection>(
    aggregates: P & CheckedAggregates<C, P>,
  ): Table<Flat<G & AggregateColumns<C, P>>>
  select(aggregates: unknown): unknown {
    const scope = new ColumnScope(this.#plan.schema)
    const context = { ...this.#app.environment, offsets: new Map([[scope, 0]]) }
    const selection = (
      typeof aggregates === 'function' ? aggregates(scope.columns()) : aggregates
    ) as Readonly<Record<string, AggregateBuilder>>
    const calls = Object.entries(selection).map(([name, a]) => a.build(name, scope, context))
    const input = sessionsOfFiltered(this.#plan, this.#keys)
    return new Table(this.#app, createAggregate(input, this.#keys, calls))
  }
}
