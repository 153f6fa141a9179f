// An outer join whose rows without a partner are dropped above is one that does not make them: no NULLs to take back, less state.
//
// A side's rows without a partner have NULLs in all columns of the other side. When the condition above can then not be TRUE, which
// is tried by putting NULL in place of those columns, no such row is left. The condition is that of a filter, or ON of a join above
// that drops what meets none.

import type { Expression } from '../../plan/expression.ts'
import type { JoinKind, JoinNode, PlanNode, SinkNode } from '../../plan/node.ts'
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
  if (node.kind === 'filter' && node.input.kind === 'join') {
    const input = narrowed(node.input, node.condition)
    return input === node.input ? node : createFilter(input, node.condition)
  }
  return node.kind === 'join' ? simplifyInputs(node) : node
}

/** Of these, rows of the left or of the right that meet ON with none are dropped. */
const DROPS_LEFT: ReadonlySet<JoinKind> = new Set(['inner', 'semi', 'right'])
const DROPS_RIGHT: ReadonlySet<JoinKind> = new Set(['inner', 'semi', 'left', 'anti'])

/** What ON demands of an input that is an outer join itself. */
function simplifyInputs(node: JoinNode): PlanNode {
  const { condition, join, stateTtlMs } = node
  const input = (side: PlanNode, drops: ReadonlySet<JoinKind>, offset: number) =>
    side.kind === 'join' && drops.has(join) ? narrowed(side, condition, offset) : side
  const left = input(node.left, DROPS_LEFT, 0)
  const right = input(node.right, DROPS_RIGHT, node.left.schema.length)
  if (left === node.left && right === node.right) return node
  return { ...createJoin(join, left, right, condition), ...(stateTtlMs && { stateTtlMs }) }
}

/**
 * The join without the rows of one side alone for which the condition, over columns that begin at `offset`, is never TRUE; itself
 * when there are none.
 */
function narrowed(node: JoinNode, condition: Expression, offset = 0): JoinNode {
  const { join, left, right, stateTtlMs } = node
  if (join !== 'left' && join !== 'right' && join !== 'full') return node
  const middle = offset + left.schema.length
  const end = middle + right.schema.length
  const isLeft = (column: number) => column >= offset && column < middle
  const isRight = (column: number) => column >= middle && column < end
  const hasLoneLeft = join !== 'right' && !isNeverTrue(condition, isRight)
  const hasLoneRight = join !== 'left' && !isNeverTrue(condition, isLeft)
  const kind = hasLoneLeft ? (hasLoneRight ? 'full' : 'left') : hasLoneRight ? 'right' : 'inner'
  if (kind === join) return node
  const made = createJoin(kind, left, right, node.condition)
  return { ...made, ...(stateTtlMs && { stateTtlMs }) }
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
