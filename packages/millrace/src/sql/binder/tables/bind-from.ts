// FROM: tables, sub-queries, table functions, UNNEST and joins as one row of columns with names.

import { checkCondition, createLiteral } from '../../../plan/create-expression.ts'
import { createJoin, createUnnest, createValues } from '../../../plan/create-node.ts'
import type { Expression } from '../../../plan/expression.ts'
import type { JoinKind, PlanNode } from '../../../plan/node.ts'
import { isProctime, notNull, types } from '../../../types/data-type.ts'
import type { Alias, TableRef } from '../../ast/query.ts'
import type { BinderContext } from '../binder-context.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder-errors.ts'
import { bindExpression } from '../expressions/bind-expression.ts'
import { bindLateral } from './bind-lateral.ts'
import { bindQuery } from '../bind-query.ts'
import { dropOrder } from '../drop-order.ts'
import { bindTablePath } from './bind-table-path.ts'
import { bindTemporalJoin } from './bind-temporal-join.ts'
import { bindTableFunction, isTableFunction } from './bind-table-function.ts'
import { bindWindowFunction } from './bind-window.ts'
import { bindMatchRecognize } from '../match/bind-match.ts'
import { distinctNames } from '../output-names.ts'
import { Scope } from '../scope.ts'
import { joinScopes } from './using-columns.ts'

export interface BoundFrom {
  readonly plan: PlanNode
  readonly scope: Scope
}

type Ref<K extends TableRef['kind']> = Extract<TableRef, { readonly kind: K }>

/** @throws {InvalidSqlError} `MR_SQL_DUPLICATE` when two tables have one name */
export function bindFrom(context: BinderContext, ref: TableRef): BoundFrom {
  if (ref.kind === 'join') checkNames(ref)
  return bindTable(context, ref)
}

function checkNames(ref: TableRef, seen = new Set<string>()): void {
  if (ref.kind === 'join') {
    checkNames(ref.left, seen)
    checkNames(ref.right, seen)
    return
  }
  const name = ref.alias?.name ?? (ref.kind === 'table' ? ref.path.at(-1) : undefined)
  if (!name) return
  if (seen.has(name.name))
    throw new InvalidSqlError({
      problem: `FROM has two tables "${name.name}"`,
      remedy: 'Give one of them another name with AS.',
      at: ref.alias?.name.span ?? ref.span,
      code: 'MR_SQL_DUPLICATE',
    })
  seen.add(name.name)
}

function bindTable(context: BinderContext, ref: TableRef): BoundFrom {
  switch (ref.kind) {
    case 'table': {
      if (ref.asOf) return bindAsOfAlone(context, ref)
      const plan = bindTablePath(context, ref.path, ref.hints)
      return named(plan, ref.alias, context.catalog.fullName(ref.path))
    }
    case 'derived': {
      if (ref.lateral)
        throw new UnsupportedSqlError({
          what: 'LATERAL without a table before it',
          remedy: 'Remove LATERAL.',
          at: ref.span,
        })
      return named(dropOrder(bindQuery(context, ref.query)), ref.alias)
    }
    case 'table-function':
      if (isTableFunction(context, ref)) return bindTableFunction(context, one(), ref, 'inner')
      return windowed(bindWindowFunction(context, ref.call), ref.alias)
    case 'unnest':
      return bindUnnest(context, one(), ref, 'inner')
    case 'join':
      return bindJoin(context, ref)
    default:
      return bindMatchRecognize(context, ref)
  }
}

/** A single row without columns. */
export const one = (): BoundFrom => {
  const plan = createValues([], [[]])
  return { plan, scope: new Scope(plan.schema, []) }
}

function bindAsOfAlone(_: BinderContext, ref: Ref<'table'>): never {
  throw new UnsupportedSqlError({
    what: 'FOR SYSTEM_TIME AS OF outside of the right side of a join',
    remedy: 'Write FROM events AS e JOIN versions FOR SYSTEM_TIME AS OF e.ts ON ….',
    at: ref.span,
  })
}

/** The plan's columns under the alias, and under its column names. */
export function named(
  plan: PlanNode,
  alias: Alias | undefined,
  path: readonly string[] = [],
): BoundFrom {
  const given = alias?.columns ?? []
  if (given.length > 0 && given.length !== plan.schema.length)
    throw new InvalidSqlError({
      problem: `Alias "${alias?.name.name}" names ${given.length} columns of ${plan.schema.length}`,
      remedy: 'Name all columns, or none.',
      at: given[0]?.span,
    })
  const own = distinctNames(plan.schema.map(c => c.name))
  const names = given.length > 0 ? given.map(c => c.name) : own
  return { plan, scope: Scope.of(plan.schema, alias ? [alias.name.name] : path, names) }
}

/** As {@link named}, but a `window_start` that the table had before is called so too: ambiguous, as in Flink. */
function windowed(plan: PlanNode, alias: Alias | undefined): BoundFrom {
  const { scope } = named(plan, alias)
  if (alias && alias.columns.length > 0) return { plan, scope }
  const path = scope.relations[0]?.path ?? []
  return {
    plan,
    scope: Scope.of(
      plan.schema,
      path,
      plan.schema.map(c => c.name),
    ),
  }
}

const JOIN_KINDS: Readonly<Record<Ref<'join'>['type'], JoinKind>> = {
  INNER: 'inner',
  CROSS: 'inner',
  LEFT: 'left',
  RIGHT: 'right',
  FULL: 'full',
}

function bindJoin(context: BinderContext, ref: Ref<'join'>): BoundFrom {
  const left = bindTable(context, ref.left)
  const kind = JOIN_KINDS[ref.type]
  const { right: rightRef } = ref
  if (rightRef.kind === 'unnest')
    return bindUnnest(context, left, rightRef, lateralKind(ref, 'UNNEST'))
  if (rightRef.kind === 'derived' && rightRef.lateral)
    return bindLateral(context, left, ref, rightRef)
  if (rightRef.kind === 'table-function' && isTableFunction(context, rightRef))
    return bindTableFunction(context, left, rightRef, lateralKind(ref, 'TABLE'))
  if (rightRef.kind === 'table' && rightRef.asOf) {
    const time = bindExpression(
      { environment: context.environment, scope: left.scope, clause: 'FOR SYSTEM_TIME AS OF' },
      rightRef.asOf,
    )
    const plan = bindTablePath(context, rightRef.path, rightRef.hints)
    const right = named(plan, rightRef.alias, context.catalog.fullName(rightRef.path))
    return bindTemporalJoin(context, { left, right, ref, time, isLookup: isProctime(time.type) })
  }
  const right = bindTable(context, rightRef)
  const joined = joinScopes(context.environment, kind, left, right, ref)
  const condition = joined.condition ?? bindOn(context, joined.scope, ref)
  const plan = createJoin(kind, left.plan, right.plan, condition)
  return { plan, scope: joined.finish(plan) }
}

/** ON; TRUE without it. */
export function bindOn(context: BinderContext, scope: Scope, { on }: Ref<'join'>): Expression {
  if (!on) return createLiteral(true, notNull(types.boolean))
  const { environment, outer } = context
  const condition = bindExpression(
    { environment, scope, clause: 'ON', ...(outer ? { outer } : {}) },
    on,
  )
  return checkCondition(condition, 'ON', on.span)
}

/** The join of rows with what each of them gives itself: it has no condition. */
function lateralKind(ref: Ref<'join'>, what: string): 'inner' | 'left' {
  const { on } = ref
  const always = !on || (on.kind === 'literal' && on.type === 'true')
  if (always && (ref.type === 'CROSS' || ref.type === 'INNER')) return 'inner'
  if (always && ref.type === 'LEFT') return 'left'
  throw new UnsupportedSqlError({
    what: `${ref.type} JOIN ${what} with a condition`,
    remedy: `Write CROSS JOIN ${what} or LEFT JOIN ${what} … ON TRUE, and filter with WHERE.`,
    at: ref.span,
  })
}

function bindUnnest(
  context: BinderContext,
  left: BoundFrom,
  ref: Ref<'unnest'>,
  join: 'inner' | 'left',
): BoundFrom {
  const [item, second] = ref.items
  if (!item || second)
    throw new UnsupportedSqlError({
      what: 'UNNEST of several collections',
      remedy: 'Unnest one after the other.',
      at: ref.span,
    })
  const { environment } = context
  const collection = bindExpression({ environment, scope: left.scope, clause: 'UNNEST' }, item)
  if (!['array', 'map', 'multiset'].includes(collection.type.kind))
    throw new InvalidSqlError({
      problem: 'UNNEST needs an ARRAY, MAP or MULTISET',
      remedy: 'Name a column of such a type.',
      at: item.span,
      code: 'MR_SQL_TYPE',
    })
  return unnested(left, collection, { join, withOrdinality: ref.ordinality }, ref.alias)
}

/** The elements of a collection beside each row, under the alias. */
export function unnested(
  left: BoundFrom,
  collection: Expression,
  facts: { readonly join: 'inner' | 'left'; readonly withOrdinality: boolean },
  alias: Alias | undefined,
): BoundFrom {
  const names = alias?.columns.map(c => c.name) ?? []
  const plan = createUnnest(left.plan, collection, {
    ...facts,
    ...(names.length > 0 ? { names } : {}),
  })
  const start = left.plan.schema.length
  const appended = plan.schema.slice(start).map(c => c.name)
  if (names.length > 0 && names.length !== appended.length)
    throw new InvalidSqlError({
      problem: `Alias "${alias?.name.name}" names ${names.length} columns of ${appended.length}`,
      remedy: 'Name all columns, or none.',
      at: alias?.name.span,
    })
  const path = alias ? [alias.name.name] : []
  const relations = [...left.scope.relations, { path, names: appended, start }]
  return { plan, scope: new Scope(plan.schema, relations, left.scope.merged) }
}
