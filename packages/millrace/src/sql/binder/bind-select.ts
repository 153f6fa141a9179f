// SELECT: FROM, WHERE, GROUP BY, HAVING, OVER, the output columns, DISTINCT, ORDER BY, LIMIT, in the order of their meaning.

import { checkCondition, createLiteral } from '../../plan/create-expression.ts'
import type { Expression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import { types } from '../../types/data-type.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { Call, Expression as SqlExpression } from '../ast/expression.ts'
import type { GroupItem, OrderItem, Select } from '../ast/query.ts'
import { applyFilter } from '../../plan/compose/apply-filter.ts'
import { SelectedNames } from './output-names.ts'
import type { BinderContext } from './binder-context.ts'
import { InvalidSqlError, UnsupportedSqlError } from './binder-errors.ts'
import { functionName } from './expressions/bind-call.ts'
import { bindExpression } from './expressions/bind-expression.ts'
import { checkUntypedNulls } from './expressions/untyped-null.ts'
import { bindFrom, one } from './tables/bind-from.ts'
import { bindWhere, type Working } from './bind-where.ts'
import { DeferredColumns } from './expressions/deferred-columns.ts'
import type { ExpressionContext } from './expressions/expression-context.ts'
import { derivedName } from './expressions/expression-context.ts'
import { type Deferred, GroupBinder } from './group-binder.ts'
import { GroupWindow, isGroupWindow } from './group-window.ts'
import { groupingSetsOf } from './grouping-sets.ts'
import { replaceParts } from './expressions/replace-parts.ts'
import { OverBinder } from './over-binder.ts'
import { type Item, namesOf, starItems } from './select-items.ts'
import { bindMembership, bindScalarSubquery } from './subqueries/subquery-value.ts'
import { SelectSubqueries } from './subqueries/select-subqueries.ts'
import { type OrderKey, sortAndProject } from './sort-and-project.ts'
import { withLookupHints } from './hints/lookup-hints.ts'
import { StateTtlHints } from './hints/state-ttl-hints.ts'

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
  readonly #subqueries: SelectSubqueries
  readonly #window: GroupWindow
  readonly #ttl: StateTtlHints
  #isGrouped: boolean

  constructor(context: BinderContext, select: Select, tail: Tail) {
    const { environment, mode } = context
    this.#context = context
    this.#select = select
    this.#tail = tail
    this.#group = new GroupBinder(environment, this.#deferred)
    this.#over = new OverBinder({
      environment,
      text: context.text,
      deferred: this.#deferred,
      windows: select.windows,
      mode,
    })
    this.#working = { ...(select.from ? bindFrom(context, select.from) : one()) }
    this.#ttl = new StateTtlHints(select)
    this.#working.plan = withLookupHints(this.#ttl.ofJoins(this.#working.plan), select)
    this.#subqueries = new SelectSubqueries(context, this.#working, this.#deferred)
    const keyContext = this.#expressions('GROUP BY')
    this.#window = new GroupWindow({
      context,
      select,
      working: this.#working,
      group: this.#group,
      bindKey: key => bindExpression(keyContext, key),
    })
    this.#isGrouped = select.groupBy !== undefined || select.having !== undefined
  }

  bind(): PlanNode {
    const { where, groupBy, having, qualify, distinct } = this.#select
    const { environment } = this.#context
    if (where) bindWhere(this.#context, this.#working, where, this.#expressions('WHERE'))
    if (groupBy) {
      this.#window.bind(groupBy)
      this.#bindKeys(groupBy)
    }
    const names = new SelectedNames(groupBy !== undefined)
    const items = this.#select.items.flatMap(item => this.#bindItem(item, names))
    const condition =
      having && checkCondition(bindExpression(this.#above('HAVING'), having), 'HAVING', having.span)
    const kept = qualify && this.#bindQualify(qualify, items)
    const order = this.#tail.orderBy.map(item => this.#bindOrder(item, items))
    this.#isGrouped ||= this.#group.hasAggregates

    let plan = this.#working.plan
    const nameOf = namesOf(items)
    const { text } = this.#context
    const origin = { text, at: this.#select.span }
    if (this.#isGrouped) plan = this.#ttl.ofAggregate(this.#group.build(plan, nameOf, origin))
    const grouped = (e: Expression, at?: SourceSpan): Expression =>
      this.#isGrouped ? this.#group.resolve(e, at) : e
    const joined: Expression[] = []
    const resolve = (e: Expression, at?: SourceSpan): Expression => {
      const found = grouped(e, at)
      return joined.length > 0 ? this.#replace('subquery', found, joined) : found
    }
    plan = this.#subqueries.joinTo(plan, e => resolve(e), joined)
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
    return sortAndProject({ environment, deferred: this.#deferred, text }, plan, columns, {
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
    const place = this.#subqueries.below(e => bindExpression(context, e))
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
    const place = this.#subqueries.above(e => bindExpression(context, e))
    return context
  }

  #bindKeys(items: readonly GroupItem[]): void {
    const context = this.#expressions('GROUP BY')
    const keyOf = (e: SqlExpression): readonly number[] => {
      if (isGroupWindow(e)) return []
      const name = derivedName(e) ?? `EXPR$${this.#select.items.length}`
      return [this.#group.addKey(name, bindExpression(context, e))]
    }
    const sets = groupingSetsOf(items, keyOf)
    const windowKeys = this.#window.keys
    if (sets.length > 1) this.#group.setGroupingSets(sets.map(set => [...windowKeys, ...set]))
  }

  #groupFunction(call: Call): Expression | undefined {
    const name = functionName(call)
    if (name === 'GROUPING' || name === 'GROUPING_ID') {
      if (!this.#select.groupBy) return undefined
      return this.#group.grouping(call, this.#expressions('GROUPING'))
    }
    if (name === 'GROUP_ID' && this.#select.groupBy) return this.#groupId(call)
    return this.#window.functionOf(call)
  }

  /** It tells rows of a grouping set that is given twice apart: 0 where none is. */
  #groupId({ span }: Call): Expression {
    if (this.#group.hasRepeatedSets)
      throw new UnsupportedSqlError({
        what: 'GROUP_ID with a grouping set that is given twice',
        remedy: 'Give each set once, or write a UNION ALL.',
        at: span,
      })
    return createLiteral(0, types.bigint)
  }

  #bindItem(
    { expression, alias, span }: Select['items'][number],
    names: SelectedNames,
  ): readonly Item[] {
    if (expression.kind === 'star')
      return starItems(this.#working.scope, expression.qualifier, span).map(item => ({
        ...item,
        name: names.addFromStar(item.name),
      }))
    checkUntypedNulls('SELECT', [expression])
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

const conjuncts = (e: Expression): readonly Expression[] =>
  e.kind === 'logical' && e.op === 'and' ? e.args.flatMap(conjuncts) : [e]
