// Sub-queries that name columns of the query around in their conditions: these become the keys of a join.

import type { Expression as SqlExpression, Path } from '../../ast/expression.ts'
import type { Query, Select, SelectItem } from '../../ast/query.ts'
import { conjunctsOf } from '../bind-where.ts'
import type { BinderContext } from '../binder-context.ts'
import { UnsupportedSqlError } from '../binder-errors.ts'
import { containsAggregate } from '../expressions/contains-aggregate.ts'
import { outerValues, type OuterRows } from './outer-values.ts'
import type { Scope } from '../scope.ts'
import { bindFrom } from '../tables/bind-from.ts'

/** An equality between a column of the query around and one of the sub-query. */
export interface Correlation {
  readonly outer: SqlExpression
  readonly inner: SqlExpression
}

export interface CorrelatedSelect {
  /** To bind the SELECT in. */
  readonly context: BinderContext
  /** The SELECT without its correlated conditions. */
  readonly select: Select
  readonly correlations: readonly Correlation[]
  /** Whether it gives one row for each row of the query around, even if no row matches. */
  readonly isGlobalAggregate: boolean
  readonly aggregates: boolean
}

/**
 * Takes the correlated equalities out of a sub-query's WHERE; `undefined` when nothing in it is correlated. Where other conditions are,
 * the values that they read of the query around are set beside the sub-query's tables, and are equal to those of the row.
 *
 * @throws {UnsupportedSqlError} `MR_SQL_UNSUPPORTED` for such a condition where `*` is selected
 */
export function takeCorrelations(
  context: BinderContext,
  outer: OuterRows,
  query: Query,
): CorrelatedSelect | undefined {
  const { body } = query
  const { scope } = outer
  if (body.kind === 'query') return takeCorrelations(context, outer, body)
  if (body.kind !== 'select' || !body.from || !body.where) return undefined
  if (query.with.length > 0 || query.limit || query.offset) return undefined
  const inner = bindFrom({ ...context, outer: () => undefined }, body.from).scope
  const sideOf = (e: SqlExpression) => sidesRead(e, inner, scope)
  const parts = conjunctsOf(body.where)
  const correlated = parts.filter(part => sideOf(part).outer)
  if (correlated.length === 0) return undefined
  const equalities = correlated.flatMap(part => equality(part, sideOf) ?? [])
  const aggregates =
    body.groupBy !== undefined ||
    body.having !== undefined ||
    body.items.some(i => containsAggregate(context.environment, i.expression))
  const facts = { aggregates, isGlobalAggregate: aggregates && !body.groupBy && !body.having }
  if (equalities.length === correlated.length) {
    const own = parts.filter(part => !correlated.includes(part))
    return {
      context,
      select: { ...body, where: allOf(own) },
      correlations: equalities,
      ...facts,
    }
  }
  refuseStar(body)
  const isOuter = (path: Path) => inner.find(path) === undefined && scope.find(path) !== undefined
  const paths = correlated.flatMap(columnPaths).filter(isOuter)
  const values = outerValues(context, outer, body.from, isOuter, paths)
  return {
    context: values.context,
    select: { ...body, from: values.from, where: allOf(parts.map(values.rewrite)) },
    correlations: values.columns,
    ...facts,
  }
}

/** A `*` would have the values of the query around, too. */
function refuseStar({ items }: Select): void {
  const star = items.find(i => i.expression.kind === 'star')
  if (star)
    throw new UnsupportedSqlError({
      what: 'Selecting * beside a condition on a column of the query around other than an equality',
      remedy: 'Name the columns, or compare with =.',
      at: star.span,
    })
}

/** A SELECT of the given items and the inner side of each correlation, grouped by these where it aggregates. */
export function selectWithKeys(
  { select, correlations, aggregates }: CorrelatedSelect,
  items: readonly SelectItem[],
): Query {
  const keys = correlations.map(c => c.inner)
  const groups = keys.map(expression => ({ kind: 'expression', expression }) as const)
  const { span } = select
  const grouped: Select = {
    ...select,
    items: [...items, ...keys.map(expression => ({ expression, alias: undefined, span }))],
    groupBy: aggregates ? [...(select.groupBy ?? []), ...groups] : undefined,
  }
  return {
    kind: 'query',
    with: [],
    body: grouped,
    orderBy: [],
    limit: undefined,
    offset: undefined,
    span,
  }
}

interface Sides {
  readonly inner: boolean
  readonly outer: boolean
}

function equality(
  part: SqlExpression,
  sideOf: (e: SqlExpression) => Sides,
): Correlation | undefined {
  if (part.kind !== 'binary' || part.operator !== '=') return undefined
  const [left, right] = [sideOf(part.left), sideOf(part.right)]
  if (!left.inner && !right.outer) return { outer: part.left, inner: part.right }
  if (!right.inner && !left.outer) return { outer: part.right, inner: part.left }
  return undefined
}

/** Whose columns an expression reads: an inner name hides an outer one. */
function sidesRead(e: SqlExpression, inner: Scope, outer: Scope): Sides {
  const paths = columnPaths(e)
  const isInner = (path: Path) => inner.find(path) !== undefined
  return {
    inner: paths.some(isInner),
    outer: paths.some(path => !isInner(path) && outer.find(path) !== undefined),
  }
}

function columnPaths(value: unknown): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap(columnPaths)
  if (typeof value !== 'object' || value === null) return []
  if ('kind' in value && value.kind === 'column' && 'path' in value) return [value.path as Path]
  return Object.values(value).flatMap(columnPaths)
}

function allOf(parts: readonly SqlExpression[]): SqlExpression | undefined {
  const [first, ...rest] = parts
  return rest.reduce<SqlExpression | undefined>(
    (left, right) => left && { kind: 'binary', operator: 'AND', left, right, span: right.span },
    first,
  )
}
