// Dispatch on the kind of a node or expression: a new kind does not compile until every visitor handles it.

import type { Expression, ExpressionKind } from './expression.ts'
import type { PlanNode, PlanNodeKind, PlanNodeOf } from './node.ts'

export type ExpressionOf<K extends ExpressionKind> = Extract<Expression, { readonly kind: K }>

/** A handler per kind of plan node; `A` are arguments that are passed through. */
export type PlanVisitor<R, A extends readonly unknown[] = []> = {
  readonly [K in PlanNodeKind]: (node: PlanNodeOf<K>, ...args: A) => R
}

/** A handler per kind of expression. */
export type ExpressionVisitor<R, A extends readonly unknown[] = []> = {
  readonly [K in ExpressionKind]: (expression: ExpressionOf<K>, ...args: A) => R
}

/** Calls the handler for the node's kind. */
export function visitNode<R, A extends readonly unknown[]>(
  node: PlanNode,
  visitor: PlanVisitor<R, A>,
  ...args: A
): R {
  const handle = visitor[node.kind] as (node: PlanNode, ...args: A) => R
  return handle(node, ...args)
}

/** Calls the handler for the expression's kind. */
export function visitExpression<R, A extends readonly unknown[]>(
  expression: Expression,
  visitor: ExpressionVisitor<R, A>,
  ...args: A
): R {
  const handle = visitor[expression.kind] as (expression: Expression, ...args: A) => R
  return handle(expression, ...args)
}
