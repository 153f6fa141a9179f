// Table: typed, lazy, immutable; every method gives a new table over one more plan node.

import { applyFilter } from '../../plan/compose/apply-filter.ts'
import { applyProjection } from '../../plan/compose/apply-projection.ts'
import { createSort } from '../../plan/create-node.ts'
import { checkCondition } from '../../plan/create-expression.ts'
import { cubeSets, type KeySets, rollupSets } from '../../plan/compose/grouping-sets.ts'
import type { PlanNode } from '../../plan/node.ts'
import { distinctRows } from '../../plan/compose/set-operations.ts'
import type { AppContext } from '../app-context.ts'
import type { AnyExpr, ColumnsOf, ExprsOf, Ordering, Projection } from '../columns/expr.ts'
import type { ExpressionBuilder } from '../columns/expression-builder.ts'
import type {
  Columns,
  Flat,
  NameOf,
  NameOfKind,
  NullableColumns,
  SqlType,
} from '../columns/sql-type.ts'
import { Stream } from '../streams/stream.ts'
import { bindColumns, columnsByName, type ProjectionOf, projectionOf } from './bind-columns.ts'
import { GroupedTable } from './grouped-table.ts'
import { type MatchedColumns, type MatchOptions, matchRows } from './match-rows.ts'
import type { OverOptions } from './over-frame.ts'
import { type CheckedOver, type OverColumns, overRows, type OverSelection } from './over-rows.ts'
import { appendColumns, distinctlyNamed, pickColumns, renameColumns } from './project-columns.ts'
import type { DeduplicateOptions, TopNOptions } from './rank-rows.ts'
import { rankRows, sortKeys } from './rank-rows.ts'
import { Relation } from './relations.ts'
import { assignWindows, lateRowsOf } from './window-rows.ts'
import type { WindowColumns, WindowDefinition, WindowKeys } from './windows.ts'

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
export class Table<C extends Columns, W extends Columns = NoColumns> extends Relation<C, W> {
  readonly #windowKeys: readonly string[]

  constructor(app: AppContext, plan: PlanNode, windowKeys: readonly string[] = []) {
    super(app, plan)
    this.#windowKeys = windowKeys
    Object.freeze(this)
  }

  /** Rows for which the condition is TRUE. */
  where(condition: (columns: ExprsOf<C>) => AnyExpr<boolean | null, 'boolean'>): Table<C, W> {
    const { columns, build } = bindColumns<C>(this.app, this.plan)
    const built = checkCondition(build(condition(columns)), 'where()')
    const isAnd = built.kind === 'logical' && built.op === 'and'
    return this.with(applyFilter(this.plan, isAnd ? built.args : [built]))
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
    if (typeof first !== 'function') return this.derived(pickColumns(this.plan, args as string[]))
    const projection = projectionOf(this.app, this.plan, first as ProjectionOf<C>)
    return this.derived(applyProjection(this.plan, projection))
  }

  /** Adds columns, or replaces those of the same name. */
  withColumns<P extends Projection>(
    projection: (columns: ExprsOf<C>) => P,
  ): Table<Flat<Omit<C, keyof P> & ColumnsOf<P>>, W> {
    return this.with(appendColumns(this.plan, projectionOf(this.app, this.plan, projection)))
  }

  /** Without some columns. */
  drop<N extends NameOf<C>>(...names: readonly N[]): Table<Flat<Omit<C, N>>, W> {
    const { scope } = bindColumns(this.app, this.plan)
    for (const name of names) scope.column(name)
    const kept = this.plan.schema.map(c => c.name).filter(name => !names.includes(name as N))
    return this.with(pickColumns(this.plan, kept))
  }

  /** Other names for columns: `{ oldName: 'newName' }`. */
  rename<const M extends { readonly [N in NameOf<C>]?: string }>(names: M): Table<Renamed<C, M>> {
    return this.derived(renameColumns(this.plan, names))
  }

  /** Groups by columns or named expressions; of a windowed table also by window. Without keys: the whole table is one group. */
  groupBy<P extends Projection>(
    keys: (columns: ExprsOf<C>) => P,
  ): GroupedTable<C, Flat<ColumnsOf<P> & W>>
  groupBy<N extends NameOf<C>>(...names: readonly N[]): GroupedTable<C, Flat<Pick<C, N> & W>>
  groupBy(...args: readonly unknown[]): unknown {
    return this.#grouped(args)
  }

  /** Groups by all keys, by all but the last, and so on down to none. Keys that a row is not grouped by are NULL. */
  rollup<N extends NameOf<C>>(
    ...names: readonly N[]
  ): GroupedTable<C, Flat<NullableColumns<Pick<C, N>> & W>> {
    return this.#grouped(names, rollupSets(names.map((_, i) => [i])))
  }

  /** Groups by every choice of the keys. */
  cube<N extends NameOf<C>>(
    ...names: readonly N[]
  ): GroupedTable<C, Flat<NullableColumns<Pick<C, N>> & W>> {
    return this.#grouped(names, cubeSets(names.map((_, i) => [i])))
  }

  /** Groups by each of some sets of keys: `groupingSets(['origin', 'airline'], ['origin'], [])`. */
  groupingSets<N extends NameOf<C> = never>(
    ...sets: readonly (readonly N[])[]
  ): GroupedTable<C, Flat<NullableColumns<Pick<C, N>> & W>> {
    const names = [...new Set(sets.flat())]
    const positions = sets.map(set => [...new Set(set)].map(name => names.indexOf(name)))
    return this.#grouped(names, positions)
  }

  /** Assigns each row to windows by event time; `groupBy` then also groups by window. */
  window<T extends NameOfKind<C, 'timestamp'>, P extends NameOf<C> = never>(
    definition: WindowDefinition<T, P>,
  ): Table<Flat<C & WindowColumns>, WindowKeys> {
    const plan = assignWindows(this.plan, definition)
    return new Table(this.app, plan, ['window_start', 'window_end'])
  }

  /** The rows that come too late for the windows that they are in, which aggregations leave out. */
  lateRows<T extends NameOfKind<C, 'timestamp'>, P extends NameOf<C> = never>(
    definition: WindowDefinition<T, P>,
  ): Table<C> {
    return this.derived(lateRowsOf(this.plan, definition))
  }

  /**
   * Each row with aggregates of the rows around it, and its place among them, as columns, which take the place of those of the same
   * name: `over({ orderBy: 'at', range: '1h' }, { total: sum('fare'), before: lag('fare') })`.
   */
  over<P extends OverSelection>(
    options: OverOptions<C>,
    selection: (P & CheckedOver<C, P>) | ((columns: ExprsOf<C>) => P & CheckedOver<C, P>),
  ): Table<Flat<Omit<C, keyof P> & OverColumns<C, P>>> {
    const given = options as unknown as OverOptions<Columns>
    return this.derived(overRows(this.app, this.plan, given, selection))
  }

  /** Rows in order that fit a pattern, one row a match: SQL's MATCH_RECOGNIZE. */
  matchRecognize<const P extends string, M extends Projection, K extends NameOf<C> = never>(
    options: MatchOptions<C, P, M, K>,
  ): Table<Flat<MatchedColumns<C, M, K>>> {
    return this.derived(matchRows(this.app, this.plan, options as never))
  }

  /** Each different row once. */
  distinct(): Table<C> {
    return this.derived(distinctRows(this.plan))
  }

  /** The whole result in order. Of unbounded input only by event time, ascending, first. */
  orderBy(...order: readonly OrderBy<C>[]): Table<C> {
    const { columns, context } = bindColumns<C>(this.app, this.plan)
    return this.derived(createSort(this.plan, sortKeys(order, columns, context)))
  }

  /** The first `limit` rows, after `offset`. */
  limit(limit: number, offset = 0): Table<C> {
    const { plan } = this
    if (plan.kind === 'sort' && plan.limit === undefined && plan.offset === 0)
      return this.derived(createSort(plan.input, plan.order, { limit, offset }))
    return this.derived(createSort(plan, [], { limit, offset }))
  }

  /** The first `limit` rows of each partition in an order, kept current; `rank` names a column for the position. */
  topN<const R extends string = never>(
    options: TopNOptions<C, R>,
  ): Table<Flat<C & { readonly [N in R]: SqlType<bigint, 'bigint'> }>> {
    const { columns, context } = bindColumns<C>(this.app, this.plan)
    return this.derived(distinctlyNamed(rankRows(this.plan, columns, context, options)))
  }

  /** One row for each value of the `by` columns: the first or the last in an order. */
  deduplicate(options: DeduplicateOptions<C>): Table<C> {
    const { columns, context } = bindColumns<C>(this.app, this.plan)
    const { by, orderBy, keep } = options
    const order = columns[orderBy] as unknown as ExpressionBuilder
    return this.derived(
      rankRows(this.plan, columns, context, {
        partitionBy: by,
        orderBy: () => (keep === 'last' ? order.desc() : order.asc()) as unknown as Ordering,
        limit: 1,
      }),
    )
  }

  /** The rows as events for functions, keyed state and timers. */
  stream(): Stream<C> {
    return new Stream(this.app, this.plan)
  }

  protected override with<N extends Columns>(plan: PlanNode): Table<N, W> {
    return new Table(this.app, plan, this.#windowKeys)
  }

  protected override derived<N extends Columns>(plan: PlanNode): Table<N> {
    return new Table(this.app, plan)
  }

  /** By names or a projection, or by sets of the positions of names; and by the window's bounds. */
  #grouped<G extends Columns>(given: readonly unknown[], sets?: KeySets): GroupedTable<C, G> {
    const [first] = given
    const own =
      typeof first === 'function'
        ? projectionOf(this.app, this.plan, first as ProjectionOf<C>)
        : columnsByName(this.app, this.plan, given as string[])
    const window = this.#windowKeys.filter(name => !own.some(k => k.name === name))
    const keys = [...own, ...columnsByName(this.app, this.plan, window)]
    if (!sets) return new GroupedTable(this.app, this.plan, { keys })
    const always = keys.flatMap(({ name }, i) => (this.#windowKeys.includes(name) ? [i] : []))
    const whole = sets.map(set => [...new Set([...set, ...always])])
    return new GroupedTable(this.app, this.plan, { keys, sets: whole })
  }
}

/** The columns under their new names. */
export type Renamed<C extends Columns, M> = {
  readonly [N in NameOf<C> as N extends keyof M ? Extract<M[N], string> : N]: C[N]
}
