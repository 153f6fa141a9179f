// Tables combined with others: joins, sets, rows of collections and of table functions.

import { createUnnest } from '../../plan/create-node.ts'
import type { PlanNode } from '../../plan/node.ts'
import type { SetOperator } from '../../plan/compose/set-operations.ts'
import type { ColumnsOf, ExprsOf, Projection } from '../columns/expr.ts'
import { lit } from '../columns/expression-functions.ts'
import type { Columns, Flat, NameOfKind, NullableColumns } from '../columns/sql-type.ts'
import type { TableCall } from '../functions/table-function.ts'
import { bindColumns } from './bind-columns.ts'
import { combineTables, type Either, type SameKinds } from './combine-tables.ts'
import type {
  JoinCondition,
  JoinOptions,
  JoinSelect,
  LookedUp,
  LookupJoinOptions,
  TemporalJoinOptions,
  WithoutOverlap,
} from './join-tables.ts'
import { joinTables, lookupJoinTables, matchTables, temporalJoinTables } from './join-tables.ts'
import { distinctlyNamed } from './project-columns.ts'
import { Query } from './query.ts'
import type { AnyTable, Table } from './table.ts'
import type { UnnestColumns, UnnestOptions } from './unnest-column.ts'
import { unnestColumn } from './unnest-column.ts'

/** The methods of a table that bring in rows from elsewhere. */
export abstract class Relation<C extends Columns, W extends Columns> extends Query<C> {
  /** A table over another plan. */
  protected abstract derived<N extends Columns>(plan: PlanNode): Table<N>
  /** A table of the same columns, grouped by the same windows. */
  protected abstract with<N extends Columns>(plan: PlanNode): Table<N, W>

  /** Pairs of rows for which the condition is TRUE. With time bounds on both sides (`between`) it is an interval join, whose state is bounded. */
  join<R extends Columns, P extends Projection>(
    right: Table<R>,
    on: JoinCondition<C, R>,
    select: JoinSelect<C, R, P>,
    options?: JoinOptions,
  ): Table<Flat<ColumnsOf<P>>>
  join<R extends Columns>(
    right: Table<R> & WithoutOverlap<C, R>,
    on: JoinCondition<C, R>,
    options?: JoinOptions,
  ): Table<Flat<C & R>>
  join(right: AnyTable, on: unknown, ...rest: readonly unknown[]): unknown {
    return this.#join('inner', right, on, rest)
  }

  /** As {@link join}; rows of this table without a partner are kept, with NULLs. */
  leftJoin<R extends Columns, P extends Projection>(
    right: Table<R>,
    on: JoinCondition<C, R>,
    select: JoinSelect<C, NullableColumns<R>, P>,
    options?: JoinOptions,
  ): Table<Flat<ColumnsOf<P>>>
  leftJoin<R extends Columns>(
    right: Table<R> & WithoutOverlap<C, R>,
    on: JoinCondition<C, R>,
    options?: JoinOptions,
  ): Table<Flat<C & NullableColumns<R>>>
  leftJoin(right: AnyTable, on: unknown, ...rest: readonly unknown[]): unknown {
    return this.#join('left', right, on, rest)
  }

  /** As {@link join}; rows of `right` without a partner are kept, with NULLs. */
  rightJoin<R extends Columns, P extends Projection>(
    right: Table<R>,
    on: JoinCondition<C, R>,
    select: JoinSelect<NullableColumns<C>, R, P>,
    options?: JoinOptions,
  ): Table<Flat<ColumnsOf<P>>>
  rightJoin<R extends Columns>(
    right: Table<R> & WithoutOverlap<C, R>,
    on: JoinCondition<C, R>,
    options?: JoinOptions,
  ): Table<Flat<NullableColumns<C> & R>>
  rightJoin(right: AnyTable, on: unknown, ...rest: readonly unknown[]): unknown {
    return this.#join('right', right, on, rest)
  }

  /** As {@link join}; rows of both tables without a partner are kept, with NULLs. */
  fullJoin<R extends Columns, P extends Projection>(
    right: Table<R>,
    on: JoinCondition<C, R>,
    select: JoinSelect<NullableColumns<C>, NullableColumns<R>, P>,
    options?: JoinOptions,
  ): Table<Flat<ColumnsOf<P>>>
  fullJoin<R extends Columns>(
    right: Table<R> & WithoutOverlap<C, R>,
    on: JoinCondition<C, R>,
    options?: JoinOptions,
  ): Table<Flat<NullableColumns<C> & NullableColumns<R>>>
  fullJoin(right: AnyTable, on: unknown, ...rest: readonly unknown[]): unknown {
    return this.#join('full', right, on, rest)
  }

  /** Every row with every row of `right`. */
  crossJoin<R extends Columns, P extends Projection>(
    right: Table<R>,
    select: JoinSelect<C, R, P>,
  ): Table<Flat<ColumnsOf<P>>>
  crossJoin<R extends Columns>(right: Table<R> & WithoutOverlap<C, R>): Table<Flat<C & R>>
  crossJoin(right: AnyTable, ...rest: readonly unknown[]): unknown {
    return this.#join('inner', right, () => lit(true), rest)
  }

  /** The rows that have a partner in `right`: SQL's EXISTS. */
  semiJoin<R extends Columns>(right: Table<R>, on: JoinCondition<C, R>): Table<C, W> {
    return this.with(matchTables(this.app, 'semi', this.plan, right.plan, on))
  }

  /** The rows that have no partner in `right`: SQL's NOT EXISTS. */
  antiJoin<R extends Columns>(right: Table<R>, on: JoinCondition<C, R>): Table<C, W> {
    return this.with(matchTables(this.app, 'anti', this.plan, right.plan, on))
  }

  /** Each row with the version of `right` that was valid at its time. `right` needs a primary key and a watermark. */
  temporalJoin<R extends Columns, P extends Projection>(
    right: Table<R>,
    options: TemporalJoinOptions<C, R, 'inner', P>,
  ): Table<Flat<ColumnsOf<P>>>
  temporalJoin<R extends Columns, P extends Projection>(
    right: Table<R>,
    options: TemporalJoinOptions<C, NullableColumns<R>, 'left', P>,
  ): Table<Flat<ColumnsOf<P>>>
  temporalJoin(right: AnyTable, options: unknown): unknown {
    return this.derived(temporalJoinTables(this.app, this.plan, right.plan, options))
  }

  /**
   * Each row with what another table has for it when the row is processed; kept with NULLs without. A table that can be asked for a
   * key is asked, as `options` say; any other must be bounded, and is held in memory.
   */
  lookupJoin<R extends Columns, P extends Projection, J extends 'inner' | 'left' = 'left'>(
    right: Table<R>,
    on: JoinCondition<C, R>,
    select: JoinSelect<C, LookedUp<R, J>, P>,
    options: LookupJoinOptions<J> = {},
  ): Table<Flat<ColumnsOf<P>>> {
    const facts = { on, select, options }
    return this.derived(lookupJoinTables(this.app, this.plan, right.plan, facts))
  }

  /** The rows of both tables; columns are matched by name. */
  unionAll<D extends SameKinds<C>>(other: Table<D>): Table<Either<C, D>> {
    return this.#combine(other, { operator: 'UNION', all: true })
  }

  /** The rows of both tables, each different one once. */
  union<D extends SameKinds<C>>(other: Table<D>): Table<Either<C, D>> {
    return this.#combine(other, { operator: 'UNION', all: false })
  }

  /** The rows that both tables have, each different one once. */
  intersect<D extends SameKinds<C>>(other: Table<D>): Table<Either<C, D>> {
    return this.#combine(other, { operator: 'INTERSECT', all: false })
  }

  /** The rows that both tables have, as often as both have them. */
  intersectAll<D extends SameKinds<C>>(other: Table<D>): Table<Either<C, D>> {
    return this.#combine(other, { operator: 'INTERSECT', all: true })
  }

  /** The rows that the other table has not, each different one once: Flink's `minus`. */
  except<D extends SameKinds<C>>(other: Table<D>): Table<Either<C, D>> {
    return this.#combine(other, { operator: 'EXCEPT', all: false })
  }

  /** The rows as often as the other table has them less: Flink's `minusAll`. */
  exceptAll<D extends SameKinds<C>>(other: Table<D>): Table<Either<C, D>> {
    return this.#combine(other, { operator: 'EXCEPT', all: true })
  }

  /** A row for each element of an array, or entry of a map, its fields appended as columns. */
  unnest<
    N extends NameOfKind<C, 'array' | 'map'>,
    const A extends string = never,
    const O extends string = never,
    const J extends 'inner' | 'left' = 'inner',
  >(
    column: N,
    options: UnnestOptions<A, O, J> = {},
  ): Table<Flat<C & UnnestColumns<C[N], A, O, J>>> {
    const index = bindColumns(this.app, this.plan).scope.indexOf(column)
    return this.derived(distinctlyNamed(unnestColumn(this.plan, index, options)))
  }

  /** Each row with the rows that a table function gives for it: `t => split(t.text)`. */
  joinLateral<R extends Columns>(call: (columns: ExprsOf<C>) => TableCall<R>): Table<Flat<C & R>> {
    return this.#lateral(call, 'inner')
  }

  /** As {@link joinLateral}; a row for which the function gives none is kept, with NULLs. */
  leftJoinLateral<R extends Columns>(
    call: (columns: ExprsOf<C>) => TableCall<R>,
  ): Table<Flat<C & NullableColumns<R>>> {
    return this.#lateral(call, 'left')
  }

  #join(
    kind: 'inner' | 'left' | 'right' | 'full',
    right: AnyTable,
    on: unknown,
    [first, second]: readonly unknown[],
  ): unknown {
    const [select, options] = typeof first === 'function' ? [first, second] : [undefined, first]
    const facts = { on, select, options: options as JoinOptions | undefined }
    return this.derived(joinTables(this.app, kind, this.plan, right.plan, facts))
  }

  #combine<N extends Columns>(other: AnyTable, operator: SetOperator): Table<N> {
    return this.derived(combineTables(this.app, operator, this.plan, other.plan))
  }

  #lateral<N extends Columns>(
    call: (columns: ExprsOf<C>) => TableCall,
    join: 'inner' | 'left',
  ): Table<N> {
    const { columns, build } = bindColumns<C>(this.app, this.plan)
    const rows = createUnnest(this.plan, build(call(columns) as never), { join })
    return this.derived(distinctlyNamed(rows))
  }
}
