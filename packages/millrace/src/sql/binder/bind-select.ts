// SELECT: FROM, WHERE, GROUP BY, HAVING, OVER, the output columns, DISTINCT, ORDER BY, LIMIT, in the order of their meaning.

import { checkCondition } from '../../plan/create-expression.ts'
import { createCall } from '../../plan/create-expression.ts'
import { createProject, createWindow, columnAt } from '../../plan/create-node.ts'
import type { Expression, NamedExpression } from '../../plan/expression.ts'
import type { PlanNode, WindowSpec } from '../../plan/node.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { Call, Expression as SqlExpression } from '../ast/expression.ts'
import type { GroupItem, OrderItem, Select } from '../ast/query.ts'
import { applyFilter } from './apply-filter.ts'
import { SelectedNames } from './output-names.ts'
import type { BinderContext } from './binder-context.ts'
import { InvalidSqlError } from './binder-errors.ts'
import { functionName } from './expressions/bind-call.ts'
import { bindExpression } from './expressions/bind-expression.ts'
import { bindFrom, one } from './tables/bind-from.ts'
import { bindWhere, type Working } from './bind-where.ts'
import { bindGroupWindow } from './tables/bind-window.ts'
import { DeferredColumns } from './expressions/deferred-columns.ts'
import type { ExpressionContext } from './expressions/expression-context.ts'
import { derivedName } from './expressions/expression-context.ts'
import { type Deferred, GroupBinder } from './group-binder.ts'
import { groupingSetsOf } from './grouping-sets.ts'
import { replaceParts } from './expressions/match-expression.ts'
import { OverBinder } from './over-binder.ts'
import { Scope } from './scope.ts'
import { type Item, namesOf, starItems } from './select-items.ts'
import {
  bindMembership,
  bindScalarSubquery,
  joinByKeys,
  joinedType,
  type SubqueryPlace,
} from './subquery-value.ts'
import { type OrderKey, sortAndProject } from './sort-and-project.ts'
import { StateTtlHints } from './state-ttl-hints.ts'

/** What stands behind a query's body. */
export interface Tail {
  readonly orderBy: readonly OrderItem[]
  readonly limit: number | undefined
  readonly offset: number
}

/** One SELECT with the ORDER BY and LIMIT that belong to it. */
export function bindSelect(context: BinderContext, select: Select, tail: Tail): PlanNode {
  return new SelectBinder(context, select, tail).bind()
}

class SelectBinder {
  readonly #context: BinderContext
  readonly #select: Select
  readonly #tail: Tail
  readonly #deferred = new DeferredColumns<Deferred>()
  readonly #group: GroupBinder
  readonly #over: OverBinder
  readonly #working: Working
  /** To be joined above the aggregation. */
  readonly #subqueries: {
    readonly join: 'left' | 'inner'
    readonly right: PlanNode
    readonly keys: readonly Expression[]
  }[] = []
  readonly #subqueryColumns: { readonly subquery: number; readonly column: number }[] = []
  readonly #ttl: StateTtlHints
  #window:
    | { readonly start: number; readonly window: WindowSpec; readonly kind: string }
    | undefined
  #isGrouped: boolean

  constructor(context: BinderContext, select: Select, tail: Tail) {
    const { environment, mode } = context
    this.#context = context
    this.#select = select
    this.#tail = tail
    this.#group = new GroupBinder(environment, this.#deferred)
    this.#over = new OverBinder({
      environment,
      deferred: this.#deferred,
      windows: select.windows,
      mode,
    })
    this.#working = { ...(select.from ? bindFrom(context, select.from) : one()) }
    this.#ttl = new StateTtlHints(select)
    this.#working.plan = this.#ttl.ofJoins(this.#working.plan)
    this.#isGrouped = select.groupBy !== undefined || select.having !== undefined
  }

  bind(): PlanNode {
    const { where, groupBy, having, qualify, distinct } = this.#select
    const { environment } = this.#context
    if (where) bindWhere(this.#context, this.#working, where, this.#expressions('WHERE'))
    for (const item of groupBy ?? []) this.#setWindow(item, groupBy ?? [])
    if (groupBy) this.#bindKeys(groupBy)
    const names = new SelectedNames(groupBy !== undefined)
    const items = this.#select.items.flatMap(item => this.#bindItem(item, names))
    const condition =
      having && checkCondition(bindExpression(this.#above('HAVING'), having), 'HAVING', having.span)
    const kept = qualify && this.#bindQualify(qualify, items)
    const order = this.#tail.orderBy.map(item => this.#bindOrder(item, items))
    this.#isGrouped ||= this.#group.hasAggregates

    let plan = this.#working.plan
    const nameOf = namesOf(items)
    if (this.#isGrouped) plan = this.#ttl.ofAggregate(this.#group.build(plan, nameOf))
    const grouped = (e: Expression, at?: SourceSpan): Expression =>
      this.#isGrouped ? this.#group.resolve(e, at) : e
    const joined: Expression[] = []
    const resolve = (e: Expression, at?: SourceSpan): Expression => {
      const found = grouped(e, at)
      return joined.length > 0 ? this.#replace('subquery', found, joined) : found
    }
    for (const [n, { join, right, keys }] of this.#subqueries.entries()) {
      const width = plan.schema.length
      plan = joinByKeys(
        this.#context,
        join,
        plan,
        right,
        keys.map(k => resolve(k)),
      )
      for (const [i, { subquery, column }] of this.#subqueryColumns.entries())
        if (subquery === n) joined[i] = columnAt(plan, width + column)
    }
    if (condition) plan = applyFilter(plan, conjuncts(resolve(condition, having?.span)))
    const over = this.#over.build(plan, resolve, nameOf)
    plan = over.plan
    const finish = (e: Expression, at: SourceSpan): Expression =>
      this.#replace('over', resolve(e, at), over.columns)
    if (qualify && kept) plan = applyFilter(plan, conjuncts(finish(kept, qualify.span)))
    const columns = items.map(({ name, expression, at }) => ({
      name,
      expression: finish(expression, at),
    }))
    return sortAndProject({ environment, deferred: this.#deferred }, plan, columns, {
      order: order.map(({ item, expression }) => ({
        item,
        expression: finish(expression, item.span),
      })),
      distinct,
      limit: this.#tail.limit,
      offset: this.#tail.offset,
    })
  }

  /** QUALIFY sees the output columns by their names, and is computed above OVER. */
  #bindQualify(condition: SqlExpression, items: readonly Item[]): Expression {
    const context: ExpressionContext = {
      ...this.#above('QUALIFY'),
      alias: path =>
        path.length === 1 ? items.find(i => i.name === path[0]?.name)?.expression : undefined,
    }
    return checkCondition(bindExpression(context, condition), 'QUALIFY', condition.span)
  }

  #expressions(clause: string): ExpressionContext {
    const { environment, outer } = this.#context
    const working = this.#working
    const context: ExpressionContext = {
      environment,
      get scope() {
        return working.scope
      },
      clause,
      scalar: query => bindScalarSubquery(place, query),
      membership: node => bindMembership(place, node),
      ...(outer ? { outer } : {}),
    }
    const place = this.#below(e => bindExpression(context, e))
    return context
  }

  /** Where aggregates and OVER may stand. */
  #above(clause: string): ExpressionContext {
    const inner = this.#expressions(clause)
    const context: ExpressionContext = {
      environment: inner.environment,
      scope: inner.scope,
      clause,
      scalar: query => bindScalarSubquery(place, query),
      membership: node => bindMembership(place, node),
      ...(inner.outer ? { outer: inner.outer } : {}),
      aggregate: call => this.#group.aggregate(call, context),
      grouping: call => this.#groupFunction(call),
      ...(clause === 'HAVING' ? {} : { over: (call: Call) => this.#over.add(call, context) }),
    }
    const place = this.#aboveGroups(e => bindExpression(context, e))
    return context
  }

  /** Sub-queries are joined to the rows below an aggregation. */
  #below(bind: (e: SqlExpression) => Expression): SubqueryPlace {
    const working = this.#working
    return {
      context: this.#context,
      get scope() {
        return working.scope
      },
      bind,
      join: (join, right, keys) => {
        const { plan } = working
        working.plan = joinByKeys(this.#context, join, plan, right, keys)
        return right.schema.map((_, i) => columnAt(working.plan, plan.schema.length + i))
      },
    }
  }

  /** The same above an aggregation, for SELECT, HAVING and ORDER BY. */
  #aboveGroups(bind: (e: SqlExpression) => Expression): SubqueryPlace {
    return {
      context: this.#context,
      scope: this.#working.scope,
      bind,
      join: (join, right, keys) => {
        const subquery = this.#subqueries.push({ join, right, keys }) - 1
        return right.schema.map(({ name }, column) =>
          this.#deferred.add(name, joinedType(join, right, column), {
            kind: 'subquery',
            position: this.#subqueryColumns.push({ subquery, column }) - 1,
          }),
        )
      },
    }
  }

  /** `GROUP BY TUMBLE(ts, size)` sets the window below the aggregation. */
  #setWindow(item: GroupItem, items: readonly GroupItem[]): void {
    if (item.kind !== 'expression' || !isGroupWindow(item.expression)) return
    const call = item.expression
    const { timeColumn, window: spec } = bindGroupWindow(this.#context, this.#working.scope, call)
    // Sessions are those of each group.
    const window = spec.kind === 'session' ? { ...spec, partition: this.#keyColumns(items) } : spec
    if (this.#window)
      throw new InvalidSqlError({
        problem: 'GROUP BY has two windows',
        remedy: 'Keep one.',
        at: call.span,
      })
    const { plan, scope } = this.#working
    const windowed = createWindow(plan, timeColumn, window)
    this.#window = { start: plan.schema.length, window, kind: functionName(call) }
    this.#working.plan = windowed
    this.#working.scope = new Scope(windowed.schema, scope.relations, scope.merged)
    for (const [i, name] of ['window_start', 'window_end'].entries())
      this.#group.addKey(name, columnAt(windowed, plan.schema.length + i))
    const parts = [
      ...this.#select.items.map(i => i.expression),
      ...(this.#select.having ? [this.#select.having] : []),
    ]
    if (JSON.stringify(parts).includes('_ROWTIME"'))
      this.#group.addKey('window_time', this.#windowColumn(2))
  }

  /** The keys of GROUP BY as columns below the aggregation; those that are computed are added to what is there. */
  #keyColumns(items: readonly GroupItem[]): readonly number[] {
    const context = this.#expressions('GROUP BY')
    const { plan, scope } = this.#working
    const columns: NamedExpression[] = plan.schema.map(({ name }, i) => ({
      name,
      expression: columnAt(plan, i),
    }))
    const width = columns.length
    const positions = items.flatMap(item => {
      if (item.kind !== 'expression' || isGroupWindow(item.expression)) return []
      const expression: Expression = bindExpression(context, item.expression)
      if (expression.kind === 'column') return [expression.index]
      return [columns.push({ name: `$key${columns.length}`, expression }) - 1]
    })
    if (columns.length > width) {
      const extended = createProject(plan, columns)
      this.#working.plan = extended
      this.#working.scope = new Scope(extended.schema, scope.relations, scope.merged)
    }
    return positions
  }

  #bindKeys(items: readonly GroupItem[]): void {
    const context = this.#expressions('GROUP BY')
    const keyOf = (e: SqlExpression): readonly number[] => {
      if (isGroupWindow(e)) return []
      const name = derivedName(e) ?? `EXPR$${this.#select.items.length}`
      return [this.#group.addKey(name, bindExpression(context, e))]
    }
    const sets = groupingSetsOf(items, keyOf)
    const windowKeys = this.#window ? [0, 1] : []
    if (sets.length > 1) this.#group.setGroupingSets(sets.map(set => [...windowKeys, ...set]))
  }

  #groupFunction(call: Call): Expression | undefined {
    const name = functionName(call)
    if (name === 'GROUPING' || name === 'GROUPING_ID') {
      if (!this.#select.groupBy) return undefined
      return this.#group.grouping(call, this.#expressions('GROUPING'))
    }
    const [, kind, part] = /^(TUMBLE|HOP|SESSION)_(START|END|ROWTIME|PROCTIME)$/.exec(name) ?? []
    const window = this.#window
    if (!kind || !part || !window) return undefined
    const same = bindGroupWindow(this.#context, this.#timeScope(), call).window
    if (!isSameWindow(same, window.window))
      throw new InvalidSqlError({
        problem: `${name} is of another window than GROUP BY has`,
        remedy: `Give it the arguments of ${window.kind} in GROUP BY.`,
        at: call.span,
      })
    if (part === 'PROCTIME') return createCall(this.#context.environment, 'PROCTIME', [])
    return this.#windowColumn(WINDOW_PARTS[part as keyof typeof WINDOW_PARTS])
  }

  /** Start, end or time of the window of GROUP BY; the time is typed as Flink types it, as the column that it is made of. */
  #windowColumn(position: 0 | 1 | 2): Expression {
    const { plan } = this.#working
    const column = columnAt(plan, (this.#window?.start ?? 0) + position)
    if (position < 2 || plan.kind !== 'window') return column
    return { ...column, type: columnAt(plan.input, plan.timeColumn).type }
  }

  /** The scope below the window, where the time column still is the event time. */
  #timeScope(): Scope {
    const { plan, scope } = this.#working
    const below = plan.kind === 'window' ? plan.input.schema : plan.schema
    return new Scope(below, scope.relations, scope.merged)
  }

  #bindItem(
    { expression, alias, span }: Select['items'][number],
    names: SelectedNames,
  ): readonly Item[] {
    if (expression.kind === 'star')
      return starItems(
        this.#working.scope,
        expression.qualifier.map(p => p.name),
        span,
      ).map(item => ({ ...item, name: names.addFromStar(item.name) }))
    const bound = bindExpression(this.#above('SELECT'), expression)
    const name = names.add(alias?.name ?? derivedName(expression))
    return [{ name, expression: bound, at: expression.span }]
  }

  /** ORDER BY: an ordinal, an output column by name, or an expression over both. */
  #bindOrder(item: OrderItem, items: readonly Item[]): OrderKey {
    const { expression: e } = item
    if (e.kind === 'literal' && e.type === 'number' && /^\d+$/.test(e.text)) {
      const position = Number(e.text) - 1
      return { item, expression: this.#output(items, position, e.span) }
    }
    const context = this.#above('ORDER BY')
    const expression = bindExpression(
      {
        ...context,
        alias: path => {
          const position = path.length === 1 ? items.findIndex(i => i.name === path[0]?.name) : -1
          return position < 0 ? undefined : this.#output(items, position, e.span)
        },
      },
      e,
    )
    return { item, expression }
  }

  #output(items: readonly Item[], position: number, at: SourceSpan): Expression {
    const found = items[position]
    if (!found)
      throw new InvalidSqlError({
        problem: `ORDER BY ${position + 1} is beyond the ${items.length} selected columns`,
        remedy: 'Name a column, or give the number of one.',
        at,
      })
    return this.#deferred.add(found.name, found.expression.type, { kind: 'output', position })
  }

  #replace(
    kind: 'over' | 'subquery',
    expression: Expression,
    columns: readonly Expression[],
  ): Expression {
    return replaceParts(this.#context.environment, expression, part => {
      if (part.kind !== 'column') return undefined
      const deferred = this.#deferred.get(part.index)
      return deferred?.kind === kind ? columns[deferred.position] : undefined
    })
  }
}

/** Whether two windows are the same but for the partition of sessions. */
function isSameWindow(a: WindowSpec, b: WindowSpec): boolean {
  const text = (window: WindowSpec) => JSON.stringify({ ...window, partition: [] })
  return text(a) === text(b)
}

const WINDOW_PARTS = { START: 0, END: 1, ROWTIME: 2 } as const

function isGroupWindow(e: SqlExpression): e is Call {
  return e.kind === 'call' && ['TUMBLE', 'HOP', 'SESSION'].includes(functionName(e))
}

const conjuncts = (e: Expression): readonly Expression[] =>
  e.kind === 'logical' && e.op === 'and' ? e.args.flatMap(conjuncts) : [e]
