// Constant folding: what has one value is computed once, AND, OR and CASE lose the operands that decide nothing.
//
// Three-valued logic is respected: NULL AND x stays, for it may be FALSE. What fails is kept, so that the error concerns a record
// at run time and a branch that is never taken does no harm. Not folded: functions of clocks or chance; calls without arguments
// (a lambda that reads no column may read anything else); values of nested types, which would be shared between rows.

import { childrenOf } from '../../plan/children.ts'
import { evaluateExpression, NO_CONTEXT } from '../../plan/evaluate-expression.ts'
import type { CaseExpression, Expression, LogicalExpression } from '../../plan/expression.ts'
import { mapExpressions } from '../../plan/map-children.ts'
import { mapMatchConditions, type MatchExpressions } from '../../plan/match.ts'
import type { PlanNode, SinkNode } from '../../plan/node.ts'
import { transformExpression, transformPlan } from '../../plan/transform.ts'
import { isRepeatable } from '../../functions/function-definition.ts'
import type { DataTypeKind } from '../../types/data-type.ts'
import { withNullable } from '../../types/data-type.ts'
import { canFail, isConstant } from '../expression-facts.ts'
import { remembered } from './remembered.ts'

/** The statements with constants computed; filters that keep every row are gone. */
export function foldConstants(roots: readonly SinkNode[]): readonly SinkNode[] {
  const done = new Map<PlanNode, PlanNode>()
  return roots.map(root => transformPlan(root, foldNode, done) as SinkNode)
}

function foldNode(node: PlanNode): PlanNode {
  const folded = foldMatch(mapExpressions(node, foldExpression))
  return folded.kind === 'filter' && isConstant(folded.condition, true) ? folded.input : folded
}

/** What a match computes of its parts. */
function foldMatch(node: PlanNode): PlanNode {
  if (node.kind !== 'match') return node
  const definition = mapMatchConditions(node.definition, foldColumns)
  const measures = foldColumns(node.measures)
  return definition === node.definition && measures === node.measures
    ? node
    : { ...node, definition, measures }
}

function foldColumns(expressions: MatchExpressions): MatchExpressions {
  const columns = expressions.columns.map(column => {
    const expression = foldExpression(column.expression)
    return expression === column.expression ? column : { ...column, expression }
  })
  const isSame = columns.every((column, i) => column === expressions.columns[i])
  return isSame ? expressions : { ...expressions, columns }
}

/** The expression with its constant parts computed; its type stays, but that it may lose NULLability. */
export const foldExpression = remembered(
  (expression: Expression): Expression => transformExpression(expression, foldOnce),
)

function foldOnce(expression: Expression): Expression {
  switch (expression.kind) {
    case 'logical':
      return foldLogical(expression)
    case 'case':
      return foldCase(expression)
    case 'call':
    case 'cast':
      return foldCall(expression)
    default:
      return expression
  }
}

/** Operands after one that decides are never evaluated; those before it matter only where they can fail. */
function foldLogical(expression: LogicalExpression): Expression {
  const decides = expression.op === 'or'
  const args: Expression[] = []
  for (const arg of expression.args.flatMap(a => operandsOf(a, expression.op))) {
    if (isConstant(arg, !decides)) continue
    args.push(arg)
    if (isConstant(arg, decides)) break
  }
  const last = args.at(-1)
  // NULL with NULL is NULL; with anything else it may be what that decides.
  if (last && args.every(a => isConstant(a, null))) return last
  if (!last) return { kind: 'literal', type: withNullable(expression.type, false), value: !decides }
  if (args.length === 1) return last
  if (isConstant(last, decides) && !args.some(canFail)) return last
  const same =
    args.length === expression.args.length && args.every((a, i) => a === expression.args[i])
  return same ? expression : { ...expression, args }
}

const operandsOf = (e: Expression, op: 'and' | 'or'): readonly Expression[] =>
  e.kind === 'logical' && e.op === op ? e.args : [e]

function foldCase(expression: CaseExpression): Expression {
  const possible = expression.branches.filter(
    b => !isConstant(b.when, false) && !isConstant(b.when, null),
  )
  const certain = possible.findIndex(b => isConstant(b.when, true))
  const branches = certain < 0 ? possible : possible.slice(0, certain)
  const otherwise = possible[certain]?.then ?? expression.otherwise
  if (branches.length === 0) return otherwise
  if (branches.length === expression.branches.length) return expression
  return { ...expression, branches, otherwise }
}

const NESTED: ReadonlySet<DataTypeKind> = new Set(['array', 'multiset', 'map', 'row', 'raw'])

function foldCall(expression: Extract<Expression, { kind: 'call' | 'cast' }>): Expression {
  const args = childrenOf(expression)
  if (isNullAlways(expression, args))
    return { kind: 'literal', type: withNullable(expression.type, true), value: null }
  const isFixed = args.length > 0 && args.every(a => a.kind === 'literal')
  if (!isFixed || !isRepeatable(expression.binding) || NESTED.has(expression.type.kind))
    return expression
  try {
    const value = evaluateExpression(expression, [], NO_CONTEXT)
    const type = value === null ? withNullable(expression.type, true) : expression.type
    return { kind: 'literal', type, value }
  } catch {
    return expression
  }
}

/** Comparisons of their first argument, which are UNKNOWN when that is NULL. */
const COMPARING: ReadonlySet<string> = new Set(['BETWEEN', 'NOT BETWEEN', 'IN', 'NOT IN'])

/** A strict function of a NULL, whatever the others are. */
function isNullAlways(
  expression: Extract<Expression, { kind: 'call' | 'cast' }>,
  args: readonly Expression[],
): boolean {
  const { binding } = expression
  const compares =
    expression.kind === 'call' && binding.emit !== undefined && COMPARING.has(expression.name)
  const decisive = binding.nulls === 'strict' ? args : compares ? args.slice(0, 1) : []
  return isRepeatable(binding) && decisive.some(a => isConstant(a, null)) && !args.some(canFail)
}
