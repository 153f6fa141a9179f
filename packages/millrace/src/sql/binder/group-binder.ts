// GROUP BY: keys, grouping sets, aggregates; and what stands above them in terms of the groups.

import type { BindingEnvironment } from '../../plan/create-expression.ts'
import {
  createAggregateCall,
  createCall,
  createLiteral,
  createLogical,
} from '../../plan/create-expression.ts'
import { columnAt } from '../../plan/create-node.ts'
import { mapInputs } from '../../plan/map-children.ts'
import { located, type Origin } from '../../plan/origin.ts'
import type { AggregateCall, ColumnExpression, Expression } from '../../plan/expression.ts'
import { InvalidArgumentsError } from '../../plan/expression-errors.ts'
import type { PlanNode } from '../../plan/node.ts'
import { createGroupings, groupingBits } from '../../plan/compose/grouping-sets.ts'
import { sessionsOfFiltered } from '../../plan/compose/sessions-of-filtered.ts'
import { printAggregate } from '../../plan/print-expression.ts'
import { notNull, types } from '../../types/data-type.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { Call } from '../ast/expression.ts'
import { InvalidSqlError, UnsupportedSqlError } from './binder-errors.ts'
import { functionName, scalarArguments } from './expressions/bind-call.ts'
import { bindExpression } from './expressions/bind-expression.ts'
import type { DeferredColumns } from './expressions/deferred-columns.ts'
import { isDeferred } from './expressions/deferred-columns.ts'
import type { ExpressionContext } from './expressions/expression-context.ts'
import { replaceParts } from './expressions/replace-parts.ts'
import { structureOf } from '../../plan/structure-of.ts'

/** What a deferred column of a SELECT stands for. */
export type Deferred =
  | { readonly kind: 'aggregate'; readonly position: number }
  | { readonly kind: 'grouping'; readonly keys: readonly Expression[]; readonly at: SourceSpan }
  | { readonly kind: 'over'; readonly position: number }
  | { readonly kind: 'subquery'; readonly position: number }
  | { readonly kind: 'output'; readonly position: number }

interface GroupKey {
  readonly name: string
  readonly expression: Expression
}

/** Collects the keys and aggregates of one SELECT while its clauses are bound, then makes the node. */
export class GroupBinder {
  readonly #environment: BindingEnvironment
  readonly #deferred: DeferredColumns<Deferred>
  readonly #keys: GroupKey[] = []
  readonly #positions = new Map<string, number>()
  readonly #calls: AggregateCall[] = []
  readonly #known = new Map<string, ColumnExpression>()
  #sets: readonly (readonly number[])[] | undefined
  #node: PlanNode | undefined

  constructor(environment: BindingEnvironment, deferred: DeferredColumns<Deferred>) {
    this.#environment = environment
    this.#deferred = deferred
  }

  get hasAggregates(): boolean {
    return this.#calls.length > 0
  }

  /** The position of a key; the same expression is one key. */
  addKey(name: string, expression: Expression): number {
    const structure = structureOf(expression)
    const known = this.#positions.get(structure)
    if (known !== undefined) return known
    this.#keys.push({ name, expression })
    this.#positions.set(structure, this.#keys.length - 1)
    return this.#keys.length - 1
  }

  setGroupingSets(sets: readonly (readonly number[])[]): void {
    this.#sets = sets
  }

  /** Whether one grouping set is given twice. */
  get hasRepeatedSets(): boolean {
    const sets = this.#sets ?? []
    return new Set(sets.map(set => set.toSorted().join())).size < sets.length
  }

  /** An aggregate call as a deferred column; the same call is computed once. */
  aggregate(call: Call, context: ExpressionContext): Expression {
    const name = functionName(call)
    rejectUnsupported(call, name)
    // Neither another aggregate nor a sub-query, which would be joined above the aggregation.
    const { aggregate: _, over: __, scalar: ___, membership: ____, ...rest } = context
    const inner: ExpressionContext = { ...rest, clause: `the arguments of ${name}` }
    const values = aggregateArguments(inner, call, name)
    const aggregate = createAggregateCall(this.#environment, {
      name: `EXPR$${this.#calls.length}`,
      function: name,
      args: values,
      distinct: call.quantifier === 'DISTINCT',
      filter: filterOf(inner, call, values),
      at: call.span,
    })
    const args = aggregate.args.map(structureOf).join()
    const structure = `${printAggregate(aggregate)} ${args} ${aggregate.filter ? structureOf(aggregate.filter) : ''}`
    const known = this.#known.get(structure)
    if (known) return known
    const position = this.#calls.push(aggregate) - 1
    const column = this.#deferred.add(name, aggregate.type, { kind: 'aggregate', position })
    this.#known.set(structure, column)
    return column
  }

  /** GROUPING(a), GROUPING_ID(a, b): a bit a key, set when the key is not in the row's set. */
  grouping(call: Call, context: ExpressionContext): Expression {
    const keys = call.args.map(arg => bindExpression(context, arg))
    const type = notNull(types.bigint)
    return this.#deferred.add(functionName(call), type, { kind: 'grouping', keys, at: call.span })
  }

  /** Makes the aggregation; `nameOf` gives aggregates and keys the names of the output columns that they are. */
  build(
    input: PlanNode,
    nameOf: (column: Expression) => string | undefined,
    origin: Origin,
  ): PlanNode {
    const used = new Set<string>()
    const unique = (name: string): string => {
      let free = name
      for (let n = 0; used.has(free); n++) free = `${name}${n}`
      used.add(free)
      return free
    }
    const keys = this.#keys.map(key => ({
      name: unique(nameOf(key.expression) ?? key.name),
      expression: key.expression,
    }))
    const calls = this.#calls.map((call, position) => {
      const column = [...this.#known.values()][position]
      return { ...call, name: unique((column && nameOf(column)) ?? call.name) }
    })
    const made = createGroupings(sessionsOfFiltered(input, keys), keys, calls, this.#sets)
    const locate = (node: PlanNode) => located(node, origin)
    this.#node = made.kind === 'union' ? mapInputs(made, locate) : locate(made)
    return this.#node
  }

  /**
   * A bound expression in terms of the aggregation's output.
   *
   * @throws {InvalidSqlError} `MR_SQL_INVALID` for a column that is neither a key nor aggregated
   */
  resolve(expression: Expression, at?: SourceSpan): Expression {
    const node = this.#node as PlanNode
    return replaceParts(this.#environment, expression, part => {
      const key = this.#positions.get(structureOf(part))
      if (key !== undefined) return columnAt(node, key)
      if (part.kind !== 'column') return undefined
      const deferred = this.#deferred.get(part.index)
      if (deferred?.kind === 'aggregate')
        return columnAt(node, this.#keys.length + deferred.position)
      if (deferred?.kind === 'grouping') return this.#groupingBits(deferred, node)
      if (isDeferred(part.index)) return part
      throw new InvalidSqlError({
        problem: `Column "${part.name}" is neither in GROUP BY nor aggregated`,
        remedy: 'Group by it, or aggregate it with MAX or FIRST_VALUE.',
        at,
      })
    })
  }

  #groupingBits(
    { keys, at }: Extract<Deferred, { readonly kind: 'grouping' }>,
    node: PlanNode,
  ): Expression {
    if (keys.length === 0)
      throw new InvalidSqlError({
        problem: 'GROUPING has no argument',
        remedy: 'Name a key of GROUP BY.',
        at,
      })
    const positions = keys.map(key => {
      const position = this.#positions.get(structureOf(key))
      if (position !== undefined) return position
      throw new InvalidSqlError({
        problem: 'An argument of GROUPING is not in GROUP BY',
        remedy: 'Name a key of GROUP BY.',
        at,
      })
    })
    return this.#sets
      ? groupingBits(this.#environment, node, positions, this.#keys.length)
      : createLiteral(0, notNull(types.bigint))
  }
}

/** The bound arguments of an aggregate; none for `COUNT(*)`. */
export function aggregateArguments(
  context: ExpressionContext,
  call: Call,
  name: string,
): readonly Expression[] {
  const [first, second] = call.args
  if (first?.kind === 'star' && first.qualifier.length === 0 && !second) {
    if (name === 'COUNT') return []
    throw new InvalidSqlError({
      problem: `${name}(*) has no meaning`,
      remedy: 'Name a column, or use COUNT(*).',
      at: call.span,
    })
  }
  if (!first && name === 'COUNT')
    throw new InvalidArgumentsError({ name, problem: 'needs * or a value', at: call.span })
  return scalarArguments(context, call, name)
}

function rejectUnsupported({ orderBy, nulls, span }: Call, name: string): void {
  if (orderBy.length > 0)
    throw new UnsupportedSqlError({
      what: `${name} with ORDER BY`,
      remedy: 'Aggregate in arrival order, or order in a sub-query.',
      at: span,
    })
  if (nulls && name !== 'ARRAY_AGG')
    throw new InvalidSqlError({
      problem: `${name} takes no ${nulls} NULLS`,
      remedy: 'Only ARRAY_AGG can keep NULLs; other aggregates pass them over.',
      at: span,
    })
}

/** FILTER, and the NULLs that ARRAY_AGG is to leave out. */
function filterOf(
  context: ExpressionContext,
  { filter, nulls }: Call,
  args: readonly Expression[],
): Expression | undefined {
  const bound = filter && bindExpression(context, filter)
  if (nulls !== 'IGNORE') return bound
  const known = createCall(context.environment, 'IS NOT NULL', args.slice(0, 1))
  return bound ? createLogical('and', [bound, known]) : known
}
