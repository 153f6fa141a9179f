// What a node or an expression has directly below it, and walks over all of it.

import type { AggregateCall, Expression } from './expression.ts'
import type { MatchPart } from './match.ts'
import type { PlanNode } from './node.ts'
import type { ExpressionVisitor, PlanVisitor } from './visit.ts'
import { visitExpression, visitNode } from './visit.ts'

/** The node's inputs, left before right. */
export function inputsOf(node: PlanNode): readonly PlanNode[] {
  return visitNode(node, INPUTS)
}

const only = (node: { readonly input: PlanNode }): readonly PlanNode[] => [node.input]
const both = (node: { readonly left: PlanNode; readonly right: PlanNode }) => [
  node.left,
  node.right,
]

const INPUTS: PlanVisitor<readonly PlanNode[]> = {
  scan: () => [],
  values: () => [],
  filter: only,
  project: only,
  watermark: only,
  window: only,
  'late-rows': only,
  aggregate: only,
  join: both,
  'temporal-join': both,
  unnest: only,
  rank: only,
  over: only,
  match: only,
  sort: only,
  union: node => node.inputs,
  'set-operation': both,
  process: only,
  sink: only,
}

/** An aggregate call's arguments and filter. */
export function aggregateExpressions(call: AggregateCall): readonly Expression[] {
  return call.filter ? [...call.args, call.filter] : call.args
}

/** What a part of a match reads of the input. */
export function matchPartExpressions(part: MatchPart): readonly Expression[] {
  if (part.kind === 'rowtime') return []
  return part.kind === 'aggregate' ? aggregateExpressions(part.call) : [part.value]
}

/** The expressions directly below an expression. */
export function childrenOf(expression: Expression): readonly Expression[] {
  return visitExpression(expression, CHILDREN)
}

const CHILDREN: ExpressionVisitor<readonly Expression[]> = {
  literal: () => [],
  column: () => [],
  call: e => e.args,
  logical: e => e.args,
  case: e => [...e.branches.flatMap(b => [b.when, b.then]), e.otherwise],
  cast: e => [e.arg],
  field: e => [e.arg],
}

/** The node and everything below it, each shared node once; a node before its inputs. */
export function* walkPlan(
  node: PlanNode,
  seen: Set<PlanNode> = new Set(),
): Generator<PlanNode, void, undefined> {
  if (seen.has(node)) return
  seen.add(node)
  yield node
  for (const input of inputsOf(node)) yield* walkPlan(input, seen)
}

/** The expression and everything below it, an expression before its children. */
export function* walkExpression(expression: Expression): Generator<Expression, void, undefined> {
  yield expression
  for (const child of childrenOf(expression)) yield* walkExpression(child)
}

/** The indexes of the input columns that the expressions read, ascending. */
export function columnsRead(...expressions: readonly Expression[]): readonly number[] {
  const found = new Set<number>()
  for (const expression of expressions)
    for (const part of walkExpression(expression)) if (part.kind === 'column') found.add(part.index)
  return [...found].sort((a, b) => a - b)
}
