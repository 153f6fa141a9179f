// A left-deep chain of inner and left joins, taken apart into what is joined and by which conditions.

import { columnsRead } from '../../plan/children.ts'
import type { Expression } from '../../plan/expression.ts'
import type { JoinNode, PlanNode } from '../../plan/node.ts'
import { isProctime, isRowtime } from '../../types/data-type.ts'
import { canFail, conjunctsOf, isConstant, isDeterministic } from '../expression-facts.ts'

/** One input of the chain; its columns are `[from, from + width)` of the chain's. */
export interface JoinedInput {
  readonly node: PlanNode
  readonly from: number
  /** Of a left join: its whole ON. Inner joins have theirs among the chain's conditions. */
  readonly on?: Expression
}

export interface JoinChain {
  /** In the order of the text; the first is where the chain begins. */
  readonly inputs: readonly JoinedInput[]
  /** Of the inner joins, over the chain's columns. */
  readonly conditions: readonly Expression[]
}

/**
 * The chain that a join ends; undefined where its order must stay: with two inputs, where a condition can fail, differs each time
 * or compares times (interval and window joins are known by these), under a STATE_TTL hint.
 *
 * @param isShared whether others read a node too: its state would be held twice
 */
export function joinChainOf(
  root: JoinNode,
  isShared: (node: PlanNode) => boolean,
): JoinChain | undefined {
  const inputs: JoinedInput[] = []
  const conditions: Expression[] = []
  const visit = (node: PlanNode): void => {
    if (!isPart(node) || (node !== root && isShared(node))) {
      inputs.push({ node, from: 0 })
      return
    }
    visit(node.left)
    const from = node.left.schema.length
    if (node.join === 'left') inputs.push({ node: node.right, from, on: node.condition })
    else {
      inputs.push({ node: node.right, from })
      conditions.push(...conjunctsOf(node.condition).filter(c => !isConstant(c, true)))
    }
  }
  visit(root)
  const all = [...conditions, ...inputs.flatMap(i => (i.on ? conjunctsOf(i.on) : []))]
  if (inputs.length < 3 || !all.every(isFree)) return undefined
  return { inputs, conditions }
}

const isPart = (node: PlanNode): node is JoinNode =>
  node.kind === 'join' && (node.join === 'inner' || node.join === 'left') && !node.stateTtlMs

/** A condition that may be evaluated at another join of the chain. */
function isFree(condition: Expression): boolean {
  return isDeterministic(condition) && !canFail(condition) && !comparesTimes(condition)
}

/** By times, which may be those of windows, joins are more than regular ones. */
function comparesTimes(e: Expression): boolean {
  if (e.kind === 'column')
    return isRowtime(e.type) || isProctime(e.type) || e.type.kind.startsWith('timestamp')
  if (e.kind !== 'call' && e.kind !== 'logical' && e.kind !== 'cast') return false
  return (e.kind === 'cast' ? [e.arg] : e.args).some(comparesTimes)
}

/** The inputs that a condition reads, by position. */
export function inputsReadBy(
  condition: Expression,
  inputs: readonly JoinedInput[],
): ReadonlySet<number> {
  const position = (column: number) =>
    inputs.findIndex(({ from, node }) => column >= from && column < from + node.schema.length)
  return new Set(columnsRead(condition).map(position))
}
