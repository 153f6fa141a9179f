// The names in sight behind a join, and the equal columns of USING and NATURAL.

import type { BindingEnvironment } from '../../../plan/create-expression.ts'
import { createCall, createLogical } from '../../../plan/create-expression.ts'
import { joinSchema } from '../../../plan/create-node.ts'
import type { Expression } from '../../../plan/expression.ts'
import { UnknownColumnError } from '../../../plan/expression-errors.ts'
import type { JoinKind, PlanNode } from '../../../plan/node.ts'
import { shiftColumns } from '../../../plan/transform.ts'
import type { Identifier, Path } from '../../ast/expression.ts'
import type { TableRef } from '../../ast/query.ts'
import type { BoundFrom } from './bind-from.ts'
import { type MergedColumn, Scope } from '../scope.ts'

interface JoinedScopes {
  /** Names over the columns of both sides, for ON. */
  readonly scope: Scope
  /** The equality of USING and NATURAL; absent without them. */
  readonly condition: Expression | undefined
  /** Names behind the join, where sides may be missing. */
  readonly finish: (plan: PlanNode) => Scope
}

export function joinScopes(
  environment: BindingEnvironment,
  kind: JoinKind,
  left: BoundFrom,
  right: BoundFrom,
  ref: Extract<TableRef, { readonly kind: 'join' }>,
): JoinedScopes {
  const width = left.plan.schema.length
  const relations = [
    ...left.scope.relations,
    ...right.scope.relations.map(r => ({ ...r, start: r.start + width })),
  ]
  const merged: readonly MergedColumn[] = [
    ...left.scope.merged,
    ...right.scope.merged.map(m => ({
      ...m,
      expression: shiftColumns(m.expression, width),
      of: m.of.map(i => i + width),
    })),
  ]
  const both = joinSchema('inner', left.plan, right.plan)
  const scope = new Scope(both, relations, merged)
  const using = ref.natural ? commonNames(left.scope, right.scope, ref) : ref.using
  if (using.length === 0)
    return {
      scope,
      condition: undefined,
      finish: plan => new Scope(plan.schema, relations, merged),
    }
  const pairs = using.map(name => ({
    name: name.name,
    left: sideColumn(left.scope, name),
    right: shiftColumns(sideColumn(right.scope, name), width),
  }))
  const equalities = pairs.map(p => createCall(environment, '=', [p.left, p.right], ref.span))
  const names = new Set(using.map(u => u.name))
  const finish = (plan: PlanNode): Scope => {
    const retype = (e: Expression): Expression =>
      e.kind === 'column' ? { ...e, type: plan.schema[e.index]?.type ?? e.type } : e
    const made = pairs.map((p): MergedColumn => {
      const [l, r] = [retype(p.left), retype(p.right)]
      const expression =
        kind === 'right' ? r : kind === 'full' ? createCall(environment, 'COALESCE', [l, r]) : l
      const of = [p.left, p.right].flatMap(e => (e.kind === 'column' ? [e.index] : []))
      return { name: p.name, expression, of }
    })
    return new Scope(plan.schema, relations, [...made, ...merged.filter(m => !names.has(m.name))])
  }
  return { scope, condition: createLogical('and', equalities), finish }
}

function sideColumn(scope: Scope, name: Identifier): Expression {
  const found = scope.find([name])
  if (found) return found
  throw new UnknownColumnError({ column: name.name, available: scope.names(), at: name.span })
}

function commonNames(left: Scope, right: Scope, ref: TableRef): Path {
  const names = new Set(right.names())
  return left
    .names()
    .filter(name => names.has(name))
    .map(name => ({ kind: 'identifier', name, span: ref.span }))
}
