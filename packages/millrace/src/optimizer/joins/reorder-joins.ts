// Joins in the order in which they keep few rows: those by a unique key of the other side first, filtered ones before others.
//
// A row meets one row at most of a side whose unique key the condition sets equal: such a join multiplies nothing, and its state is
// `join key → row`. An inner one with a filter drops rows besides. What multiplies rows comes last, so that no join before it
// holds the multiplied ones. The chain begins where the text begins; ties keep the order of the text.
//
// Inner joins commute; a left join passes others that do not read its right side, and whose inputs its ON does not read. Where
// the known keys of the result would change, the order stays: an upsert is by these. Only on demand
// (`table.optimizer.join-reorder-enabled`): joins in another order have other state.

import { columnAt, createJoin, createProject } from '../../plan/create-node.ts'
import type { Expression } from '../../plan/expression.ts'
import { mapInputs } from '../../plan/map-children.ts'
import type { JoinNode, PlanNode, SinkNode } from '../../plan/node.ts'
import { replaceColumns } from '../../plan/transform.ts'
import { countConsumers } from '../count-consumers.ts'
import { equalColumns } from './equal-columns.ts'
import { allOf } from '../expression-facts.ts'
import { inputsReadBy, type JoinChain, joinChainOf, type JoinedInput } from './join-chain.ts'
import { isUniqueBy, uniqueKeysOf } from '../unique-keys.ts'

/** The statements with chains of joins in another order where that keeps fewer rows. */
export function reorderJoins(roots: readonly SinkNode[]): readonly SinkNode[] {
  const consumers = countConsumers(roots)
  const isShared = (node: PlanNode) => (consumers.get(node) ?? 1) > 1
  const done = new Map<PlanNode, PlanNode>()
  // From the root down: a chain is looked at whole, its inputs after it.
  const rewrite = (node: PlanNode): PlanNode => {
    const known = done.get(node)
    if (known) return known
    const result = mapInputs(node.kind === 'join' ? reordered(node, isShared) : node, rewrite)
    done.set(node, result)
    return result
  }
  return roots.map(root => rewrite(root) as SinkNode)
}

function reordered(root: JoinNode, isShared: (node: PlanNode) => boolean): PlanNode {
  const chain = joinChainOf(root, isShared)
  if (!chain) return root
  const order = orderOf(chain)
  if (order.every((input, i) => input === i)) return root
  const made = rebuilt(root, chain, order)
  return JSON.stringify(uniqueKeysOf(made)) === JSON.stringify(uniqueKeysOf(root)) ? made : root
}

/** Positions of the inputs, the best next one each time. */
function orderOf(chain: JoinChain): readonly number[] {
  const order = [0]
  const left = new Set(chain.inputs.keys())
  left.delete(0)
  while (left.size > 0) {
    const ready = [...left].filter(i => isReady(chain, i, order))
    // Where nothing is connected, the order of the text has the next.
    const [next = [...left][0] as number] = ready.toSorted(
      (a, b) => rankOf(chain, a, order) - rankOf(chain, b, order) || a - b,
    )
    order.push(next)
    left.delete(next)
  }
  return order
}

/** Whether the input can be joined to those before it: by an equality, and with all that its condition needs. */
function isReady(
  { inputs, conditions }: JoinChain,
  next: number,
  order: readonly number[],
): boolean {
  const { on } = inputs[next] as JoinedInput
  const isThere = (input: number) => input === next || order.includes(input)
  if (on) return [...inputsReadBy(on, inputs)].every(isThere)
  const own = conditions.map(c => inputsReadBy(c, inputs)).filter(reads => reads.has(next))
  const awaitsLeft = own.some(reads => [...reads].some(i => inputs[i]?.on && !isThere(i)))
  return !awaitsLeft && own.some(reads => reads.size > 1 && [...reads].every(isThere))
}

/** The lower, the earlier. */
function rankOf({ inputs, conditions }: JoinChain, next: number, order: readonly number[]): number {
  const { node, from, on } = inputs[next] as JoinedInput
  const isThere = (input: number) => input === next || order.includes(input)
  const applied = on ?? allOf(conditions.filter(c => [...inputsReadBy(c, inputs)].every(isThere)))
  const isOwn = (column: number) => column >= from && column < from + node.schema.length
  const aside = replaceColumns(applied, c => ({
    ...c,
    index: isOwn(c.index) ? ASIDE + c.index - from : c.index,
  }))
  const isSingle = isUniqueBy(
    node,
    equalColumns(aside, ASIDE).map(p => p.right),
  )
  if (on) return isSingle ? 2 : 5
  return (isSingle ? 0 : 3) + (isFiltered(node) ? 0 : 1)
}

/** Beyond the columns of any chain: where those of the right side are put to be told from the others. */
const ASIDE = 1_000_000

function isFiltered(node: PlanNode): boolean {
  if (node.kind === 'filter') return true
  return (node.kind === 'project' || node.kind === 'watermark') && isFiltered(node.input)
}

/** The joins in this order, below a projection to the columns as they were. */
function rebuilt(root: JoinNode, { inputs, conditions }: JoinChain, order: readonly number[]) {
  const places = new Map<number, number>()
  const place = ({ node, from }: JoinedInput, at: number): void => {
    for (const i of node.schema.keys()) places.set(from + i, at + i)
  }
  const moved = (e: Expression): Expression =>
    replaceColumns(e, c => ({ ...c, index: places.get(c.index) as number }))
  const [first, ...rest] = order.map(i => inputs[i] as JoinedInput)
  let plan = (first as JoinedInput).node
  place(first as JoinedInput, 0)
  const there = new Set(order.slice(0, 1))
  const waiting = new Set(conditions)
  for (const [i, input] of rest.entries()) {
    place(input, plan.schema.length)
    there.add(order[i + 1] as number)
    const due = input.on
      ? []
      : [...waiting].filter(c => [...inputsReadBy(c, inputs)].every(r => there.has(r)))
    for (const condition of due) waiting.delete(condition)
    const condition = input.on ? moved(input.on) : allOf(due.map(moved))
    plan = createJoin(input.on ? 'left' : 'inner', plan, input.node, condition)
  }
  return createProject(
    plan,
    root.schema.map(({ name }, i) => ({
      name,
      expression: columnAt(plan, places.get(i) as number),
    })),
  )
}
