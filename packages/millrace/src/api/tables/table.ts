// Table: typed, lazy, immutable; every method gives a new table over one more plan node.

import {
  createAggregate,
  createFilter,
  createProject,
  createSort,
  createUnion,
  createUnnest,
} from '../../plan/create-node.ts'
import { checkCondition } from '../../plan/create-expression.ts'
import type { NamedExpression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import type { ExplainOptions } from '../../plan/runner-port.ts'
import type { ProgramSettings } from '../../plan/program.ts'
import type { ActionOptions, ResultChange } from '../actions.ts'
import { changesOf, explainQuery, firstRows, rowsOf } from '../actions.ts'
import type { AppContext } from '../app-context.ts'
import { ColumnScope } from '../columns/column-scope.ts'
import type {
  AggregateColumns,
  AggregateSelection,
  CheckedAggregates,
} from '../columns/aggregates.ts'
import type { ConnectorSpec } from '../connections/connector-spec.ts'
import type { AnyExpr, ColumnsOf, ExprsOf, Ordering, Projection } from '../columns/expr.ts'
import { builderOf, type ExpressionBuilder } from '../columns/expression-builder.ts'
import type { TableCall } from '../functions/table-function.ts'
import { GroupedTable } from './grouped-table.ts'
import type {
  JoinCondition,
  JoinSelect,
  TemporalJoinOptions,
  WithoutOverlap,
} from './join-tables.ts'
import {
  joinTables,
  type LookupJoinOptions,
  lookupJoinTables,
  matchTables,
  temporalJoinTables,
} from './join-tables.ts'
import { type OverOptions, overRows } from './over-rows.ts'
import { appendColumns, pickColumns, renameColumns, reorderColumns } from './project-columns.ts'
import type { DeduplicateOptions, TopNOptions } from './rank-rows.ts'
import { rankRows, sortKeys } from './rank-rows.ts'
import type {
  Columns,
  Flat,
  NameOf,
  NameOfKind,
  NullableColumns,
  RowOf,
  SqlType,
} from '../columns/sql-type.ts'
import { Stream } from '../streams/stream.ts'
import type { UnnestColumns, UnnestOptions } from './unnest-column.ts'
import { unnestColumn } from './unnest-column.ts'
import { assignWindows } from './window-rows.ts'
import type { WindowColumns, WindowDefinition, WindowKeys } from './windows.ts'
import type { IntoOptions } from '../connections/write-table.ts'
import { writeInto } from '../connections/write-table.ts'

/** No columns. */
export type NoColumns = Readonly<Record<never, SqlType>>

/** A table of whatever columns. */
// biome-ignore lint/suspicious/noExplicitAny: a constraint that every table meets
export type AnyTable = Table<any, any>

/** What to order by: names of columns, or a function that gives columns with their directions. */
export type OrderBy<C extends Columns> =
  | NameOf<C>
  | ((columns: ExprsOf<C>) => AnyExpr | Ordering | readonly (AnyExpr | Ordering)[])

/**
 * A table of columns `C`: a query that has not run. `W` are the window columns by which its groups are kept apart.
 *
 * Immutable; nothing is read before `app.run()` or an action (`collect`, `count`, `take`, `forEach`, `reduce`, `changes`).
 */
export class Table<C extends Columns, W extends Columns = NoColumns> {
  /** The logical plan. */
  readonly plan: PlanNode
  /** Phantom: the type of a row. */
  declare readonly Row: RowOf<C>
  readonly #app: AppContext
  readonly #windowKeys: readonly string[]

  constructor(app: AppContext, plan: PlanNode, windowKeys: readonly string[] = []) {
    this.#app = app
    this.plan = plan
    this.#windowKeys = windowKeys
    Object.freeze(this)
  }

  /** Rows for which the condition is TRUE. */
  where(condition: (columns: ExprsOf<C>) => AnyExpr<boolean | null, 'boolean'>): Table<C, W> {
    const { columns, build } = this.#binder()
    const built = checkCondition(build(condition(columns)), 'where()')
    return this.#with(createFilter(this.plan, built))
  }

  /** The same as {@link where}. */
  filter(condition: (columns: ExprsOf<C>) => AnyExpr<boolean | null, 'boolean'>): Table<C, W> {
    return this.where(condition)
  }

  /** Columns by name, or as named expressions: `d => ({ ...d, route: concat(d.origin, d.dest) })`. */
  select<P extends Projection>(projection: (columns: ExprsOf<C>) => P): Table<Flat<ColumnsOf<P>>>
  select<N extends NameOf<C>>(...names: readonly N[]): Table<Flat<Pick<C, N>>>
  select(...args: readonly unknown[]): unknown {
    const [first] = args
    if (typeof first !== 'function') return this.#derived(pickColumns(this.plan, args as string[]))
    return this.#derived(createProject(this.plan, this.#project(first as ProjectionOf<C>)))
  }

  /** Adds columns, or replaces those of the same name. */
  withColumns<P extends Projection>(
    projection: (columns: ExprsOf<C>) => P,
  ): Table<Flat<Omit<C, keyof P> & ColumnsOf<P>>, W> {
    return this.#with(appendColumns(this.plan, this.#project(projection)))
  }

  /** Without some columns. */
  drop<N extends NameOf<C>>(...names: readonly N[]): Table<Flat<Omit<C, N>>, W> {
    for (const name of names) this.#scope().column(name)
    const kept = this.plan.schema.map(c => c.name).filter(name => !names.includes(name as N))
    return this.#with(pickColumns(this.plan, kept))
  }

  /** Other names for columns: `{ oldName: 'newName' }`. */
  rename<const M extends { readonly [N in NameOf<C>]?: string }>(names: M): Table<Renamed<C, M>> {
    return this.#derived(renameColumns(this.plan, names))
  }

  /** Groups by columns or named expressions; of a windowed table also by window. */
  groupBy<P extends Projection>(
    keys: (columns: ExprsOf<C>) => P,
  ): GroupedTable<C, Flat<ColumnsOf<P> & W>>
  groupBy<N extends NameOf<C>>(...names: readonly N[]): GroupedTable<C, Flat<Pick<C, N> & W>>
  groupBy(...args: readonly unknown[]): unknown {
    const { columns, build } = this.#binder()
    const [first] = args
    const keys =
      typeof first === 'function'
        ? this.#project(first as ProjectionOf<C>)
        : (args as string[]).map(name => ({ name, expression: build(columns[name] as AnyExpr) }))
    const windowKeys = this.#windowKeys
      .filter(name => !keys.some(k => k.name === name))
      .map(name => ({ name, expression: build(columns[name] as AnyExpr) }))
    return new GroupedTable(this.#app, this.plan, [...keys, ...windowKeys])
  }

  /** Assigns each row to windows by event time; `groupBy` then also groups by window. */
  window<T extends NameOfKind<C, 'timestamp'>, P extends NameOf<C> = never>(
    definition: WindowDefinition<T, P>,
  ): Table<Flat<C & WindowColumns>, WindowKeys> {
    const plan = assignWindows(this.plan, definition)
    return new Table(this.#app, plan, ['window_start', 'window_end'])
  }

  /** Pairs of rows for which the condition is TRUE. With time bounds on both sides (`between`) it is an interval join, whose state is bounded. */
  join<R extends Columns, P extends Projection>(
    right: Table<R>,
    on: JoinCondition<C, R>,
    select: JoinSelect<C, R, P>,
  ): Table<Flat<ColumnsOf<P>>>
  join<R extends Columns>(
    right: Table<R> & WithoutOverlap<C, R>,
    on: JoinCondition<C, R>,
  ): Table<Flat<C & R>>
  join(right: AnyTable, on: unknown, select?: unknown): unknown {
    return this.#derived(joinTables(this.#app, 'inner', this.plan, right.plan, on, select))
  }

  /** As {@link join}; rows of this table without a partner are kept, with NULLs. */
  leftJoin<R extends Columns, P extends Projection>(
    right: Table<R>,
    on: JoinCondition<C, R>,
    select: JoinSelect<C, NullableColumns<R>, P>,
  ): Table<Flat<ColumnsOf<P>>>
  leftJoin<R extends Columns>(
    right: Table<R> & WithoutOverlap<C, R>,
    on: JoinCondition<C, R>,
  ): Table<Flat<C & NullableColumns<R>>>
  leftJoin(right: AnyTable, on: unknown, select?: unknown): unknown {
    return this.#derived(joinTables(this.#app, 'left', this.plan, right.plan, on, select))
  }

  /** As {@link join}; rows of `right` without a partner are kept, with NULLs. */
  rightJoin<R extends Columns, P extends Projection>(
    right: Table<R>,
    on: JoinCondition<C, R>,
    select: JoinSelect<NullableColumns<C>, R, P>,
  ): Table<Flat<ColumnsOf<P>>> {
    return this.#derived(joinTables(this.#app, 'right', this.plan, right.plan, on, select))
  }

  /** As {@link join}; rows of both tables without a partner are kept, with NULLs. */
  fullJoin<R extends Columns, P extends Projection>(
    right: Table<R>,
    on: JoinCondition<C, R>,
    select: JoinSelect<NullableColumns<C>, NullableColumns<R>, P>,
  ): Table<Flat<ColumnsOf<P>>> {
    return this.#derived(joinTables(this.#app, 'full', this.plan, right.plan, on, select))
  }

  /** The rows that have a partner in `right`: SQL's EXISTS. */
  semiJoin<R extends Columns>(right: Table<R>, on: JoinCondition<C, R>): Table<C, W> {
    return this.#with(matchTables(this.#app, 'semi', this.plan, right.plan, on))
  }

  /** The rows that have no partner in `right`: SQL's NOT EXISTS. */
  antiJoin<R extends Columns>(right: Table<R>, on: JoinCondition<C, R>): Table<C, W> {
    return this.#with(matchTables(this.#app, 'anti', this.plan, right.plan, on))
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
    return this.#derived(temporalJoinTables(this.#app, this.plan, right.plan, options))
  }

  /**
   * Each row with what another table has for it when the row is processed; kept with NULLs without. A table that can be asked for a
   * key is asked, as `how` says; any other must be bounded, and is held in memory.
   */
  lookupJoin<R extends Columns, P extends Projection>(
    right: Table<R>,
    on: JoinCondition<C, R>,
    select: JoinSelect<C, NullableColumns<R>, P>,
    how?: LookupJoinOptions,
  ): Table<Flat<ColumnsOf<P>>> {
    return this.#derived(lookupJoinTables(this.#app, this.plan, right.plan, on, select, how))
  }

  /** The rows of both tables; columns are matched by name. */
  unionAll(other: Table<C>): Table<C> {
    return this.#derived(createUnion([this.plan, reorderColumns(other.plan, this.plan.schema)]))
  }

  /** The rows of both tables, each different one once. */
  union(other: Table<C>): Table<C> {
    return this.unionAll(other).distinct()
  }

  /** Each row with aggregates of the rows before it: `over({ orderBy: 'at', range: '1h' }, { total: sum('fare') })`. */
  over<P extends AggregateSelection>(
    options: OverOptions<C>,
    aggregates:
      | (P & CheckedAggregates<C, P>)
      | ((columns: ExprsOf<C>) => P & CheckedAggregates<C, P>),
  ): Table<Flat<C & AggregateColumns<C, P>>> {
    return this.#derived(
      overRows(this.#app, this.plan, options as OverOptions<Columns>, aggregates),
    )
  }

  /** Each different row once. */
  distinct(): Table<C> {
    const { columns, build } = this.#binder()
    const keys = this.plan.schema.map(({ name }) => ({
      name,
      expression: build(columns[name] as AnyExpr),
    }))
    return this.#derived(createAggregate(this.plan, keys, []))
  }

  /** The whole result in order. Of unbounded input only by event time, ascending, first. */
  orderBy(...order: readonly OrderBy<C>[]): Table<C> {
    const { columns, context } = this.#binder()
    return this.#derived(createSort(this.plan, sortKeys(order, columns, context)))
  }

  /** The first `limit` rows, after `offset`. */
  limit(limit: number, offset = 0): Table<C> {
    const { plan } = this
    if (plan.kind === 'sort' && plan.limit === undefined && plan.offset === 0)
      return this.#derived(createSort(plan.input, plan.order, { limit, offset }))
    return this.#derived(createSort(plan, [], { limit, offset }))
  }

  /** The first `limit` rows of each partition in an order, kept current; `rank` names a column for the position. */
  topN<const R extends string = never>(
    options: TopNOptions<C, R>,
  ): Table<Flat<C & { readonly [N in R]: SqlType<bigint, 'bigint'> }>> {
    const { columns, context } = this.#binder()
    return this.#derived(
      rankRows(this.plan, columns, context, { ...options, limit: options.limit }),
    )
  }

  /** One row for each value of the `by` columns: the first or the last in an order. */
  deduplicate(options: DeduplicateOptions<C>): Table<C> {
    const { columns, context } = this.#binder()
    const { by, orderBy, keep } = options
    const order = columns[orderBy] as unknown as ExpressionBuilder
    return this.#derived(
      rankRows(this.plan, columns, context, {
        partitionBy: by,
        orderBy: () => (keep === 'last' ? order.desc() : order.asc()) as unknown as Ordering,
        limit: 1,
      }),
    )
  }

  /** A row for each element of an array, or entry of a map, its fields appended as columns. */
  unnest<N extends NameOfKind<C, 'array' | 'map'>, const A extends string = never>(
    column: N,
    options: UnnestOptions<A> = {},
  ): Table<Flat<C & UnnestColumns<C[N], A>>> {
    return this.#derived(unnestColumn(this.plan, this.#scope().indexOf(column), options))
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

  /** The rows as events for functions, keyed state and timers. */
  stream(): Stream<C> {
    return new Stream(this.#app, this.plan)
  }

  /** Makes the table visible to SQL, as a view of that name. */
  as(name: string): this {
    this.#app.addTable({ name, plan: this.plan })
    return this
  }

  /** Writes the table to a connection or a declared table, once the app runs. */
  into(target: ConnectorSpec | string, options: IntoOptions<NameOf<C>> = {}): void {
    writeInto(this.#app, this.plan, target, options)
  }

  /** Runs and gives all rows. Bounded input only. */
  async collect(options: ActionOptions = {}): Promise<RowOf<C>[]> {
    const rows: RowOf<C>[] = []
    for await (const row of rowsOf<RowOf<C>>(this.#app, this.plan, options)) rows.push(row)
    return rows
  }

  /** Runs and gives the number of rows. Bounded input only. */
  async count(options: ActionOptions = {}): Promise<number> {
    let count = 0
    for await (const _ of rowsOf(this.#app, this.plan, options)) count++
    return count
  }

  /** Runs until it has `count` rows and gives them; of unbounded input as they come. */
  async take(count: number, options: ActionOptions = {}): Promise<RowOf<C>[]> {
    return firstRows<RowOf<C>>(this.#app, this.plan, count, options)
  }

  /** Runs and calls `visit` with each row; a promise holds back the next. Bounded input only. */
  async forEach(
    visit: (row: RowOf<C>) => void | Promise<void>,
    options: ActionOptions = {},
  ): Promise<void> {
    for await (const row of rowsOf<RowOf<C>>(this.#app, this.plan, options)) await visit(row)
  }

  /** Runs and folds all rows into one value. Bounded input only. */
  async reduce<A>(
    step: (sum: A, row: RowOf<C>) => A,
    initial: A,
    options: ActionOptions = {},
  ): Promise<A> {
    let sum = initial
    for await (const row of rowsOf<RowOf<C>>(this.#app, this.plan, options)) sum = step(sum, row)
    return sum
  }

  /** Runs and yields each change of the result as it happens; ending the loop stops the run. */
  changes(
    options: ActionOptions & Pick<ProgramSettings, 'mode'> = {},
  ): AsyncIterable<ResultChange<RowOf<C>>> {
    return changesOf<RowOf<C>>(this.#app, this.plan, options)
  }

  /** The plan as text: logical, optimized, physical; with `code` the generated code, with `sql` its Flink SQL. */
  explain(options: ExplainOptions = {}): string {
    return explainQuery(this.#app, this.plan, options)
  }

  #scope(): ColumnScope {
    return new ColumnScope(this.plan.schema)
  }

  #binder() {
    const scope = this.#scope()
    const context = { ...this.#app.environment, offsets: new Map([[scope, 0]]) }
    const columns = scope.columns() as unknown as ExprsOf<C>
    return { columns, context, build: (e: AnyExpr) => builderOf(e).build(context) }
  }

  #project(projection: ProjectionOf<C>): NamedExpression[] {
    const { columns, build } = this.#binder()
    return Object.entries(projection(columns)).map(([name, e]) => ({ name, expression: build(e) }))
  }

  #lateral<N extends Columns>(
    call: (columns: ExprsOf<C>) => TableCall,
    join: 'inner' | 'left',
  ): Table<N> {
    const { columns, build } = this.#binder()
    return this.#derived(createUnnest(this.plan, build(call(columns) as never), { join }))
  }

  #with<N extends Columns>(plan: PlanNode): Table<N, W> {
    return new Table(this.#app, plan, this.#windowKeys)
  }

  #derived<N extends Columns>(plan: PlanNode): Table<N> {
    return new Table(this.#app, plan)
  }
}

/** The columns under their new names. */
export type Renamed<C extends Columns, M> = {
  readonly [N in NameOf<C> as N extends keyof M ? Extract<M[N], string> : N]: C[N]
}

type ProjectionOf<C extends Columns> = (columns: ExprsOf<C>) => Projection
