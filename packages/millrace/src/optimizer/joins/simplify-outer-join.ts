// An outer join whose rows without a partner are dropped above is one that does not make them: no NULLs to take back, less state.
//
// A side's rows without a partner have NULLs in all columns of the other side. When the condition above can then not be TRUE, which
// is tried by putting NULL in place of those columns, no such row is left.

import type { Expression } from '../../plan/expression.ts'
import type { FilterNode, JoinKind, JoinNode, PlanNode, SinkNode } from '../../plan/node.ts'
import { replaceColumns, transformPlan } from '../../plan/transform.ts'
import { withNullable } from '../../types/data-type.ts'
import { createFilter, createJoin } from '../../plan/create-node.ts'
import { isConstant } from '../expression-facts.ts'
import { foldExpression } from '../conditions/fold-constants.ts'

/** The statements with outer joins narrowed where a filter above allows it. */
export function simplifyOuterJoins(roots: readonly SinkNode[]): readonly SinkNode[] {
  const done = new Map<PlanNode, PlanNode>()
  return roots.map(root => transformPlan(root, simplify, done) as SinkNode)
}

function simplify(node: PlanNode): PlanNode {
  if (node.kind !== 'filter' || node.input.kind !== 'join') return node
  const join = narrowed(node, node.input)
  if (join === node.input.join) return node
  const { left, right, condition, stateTtlMs } = node.input
  return createFilter(
    { ...createJoin(join, left, right, condition), ...(stateTtlMs && { stateTtlMs }) },
    node.condition,
  )
}

function narrowed({ condition }: FilterNode, { join, left }: JoinNode): JoinKind {
  const width = left.schema.length
  const dropsLone = (isMissing: (column: number) => boolean) => isNeverTrue(condition, isMissing)
  const lone = {
    left: (join === 'left' || join === 'full') && !dropsLone(i => i >= width),
    right: (join === 'right' || join === 'full') && !dropsLone(i => i < width),
  }
  if (join === 'semi' || join === 'anti') return join
  if (lone.left && lone.right) return 'full'
  return lone.left ? 'left' : lone.right ? 'right' : 'inner'
}

function isNeverTrue(condition: Expression, isMissing: (column: number) => boolean): boolean {
  const folded = foldExpression(
    replaceColumns(condition, c =>
      isMissing(c.index)
        ? { kind: 'literal', type: withNullable(c.type, true), value: null }
        : undefined,
    ),
  )
  return cannotHold(folded)
}

function cannotHold(e: Expression): boolean {
  if (isConstant(e, false) || isConstant(e, null)) return true
  if (e.kind !== 'logical') return false
  return e.op === 'and' ? e.args.some(cannotHold) : e.args.every(cannotHold)
}
