// Rewrites of whole plans and expressions from the leaves up, made of one step per node.

import type { ColumnExpression, Expression } from './expression.ts'
import type { MapExpression, MapNode } from './map-children.ts'
import { mapChildren, mapInputs } from './map-children.ts'
import type { PlanNode } from './node.ts'

/** Rewrites a plan from its leaves up; `step` sees each node after its inputs. A node shared by two parents stays shared. */
export function transformPlan(
  node: PlanNode,
  step: MapNode,
  done: Map<PlanNode, PlanNode> = new Map(),
): PlanNode {
  const known = done.get(node)
  if (known) return known
  const result = step(mapInputs(node, input => transformPlan(input, step, done)))
  done.set(node, result)
  return result
}

/** Rewrites an expression from its leaves up; `step` sees each expression after its children. */
export function transformExpression(expression: Expression, step: MapExpression): Expression {
  return step(mapChildren(expression, child => transformExpression(child, step)))
}

/** Replaces each column by what `replace` gives for it; `undefined` keeps the column. */
export function replaceColumns(
  expression: Expression,
  replace: (column: ColumnExpression) => Expression | undefined,
): Expression {
  return transformExpression(expression, e => (e.kind === 'column' ? (replace(e) ?? e) : e))
}

/** Moves every column index by `offset`, as for the right side of a join. */
export function shiftColumns(expression: Expression, offset: number): Expression {
  return replaceColumns(expression, c => ({ ...c, index: c.index + offset }))
}
