// Sorting that nobody can see goes away: below what takes its rows in any order, over a single row, by what is the same in all rows.
//
// A LIMIT keeps its order, for it says which rows there are. As in Flink, FIRST_VALUE and the like over a sorted view take the rows as
// they come. A LIMIT over a LIMIT is one; one that keeps a single row's row goes away.

import { columnsRead } from '../plan/children.ts'
import { createSort } from '../plan/create-node.ts'
import type { SortKey } from '../plan/expression.ts'
import { mapInputs } from '../plan/map-children.ts'
import type { PlanNode, SinkNode, SortNode } from '../plan/node.ts'
import { relocated } from '../plan/origin.ts'
import { transformPlan } from '../plan/transform.ts'
import { isDeterministic } from './expression-facts.ts'
import { isUniqueBy } from './unique-keys.ts'

/** The statements without sorts and limits that change nothing. */
export function removeSorts(roots: readonly SinkNode[]): readonly SinkNode[] {
  const done = new Map<PlanNode, PlanNode>()
  return roots.map(root => transformPlan(root, remove, done) as SinkNode)
}

/** Nodes that give the same rows in whatever order theirs come. */
const UNORDERED: ReadonlySet<PlanNode['kind']> = new Set([
  'aggregate',
  'join',
  'union',
  'set-operation',
])

function remove(node: PlanNode): PlanNode {
  if (UNORDERED.has(node.kind)) return mapInputs(node, unsorted)
  return node.kind === 'sort' ? simplify(node) : node
}

/** The rows without their order, looked for below filters and projections. */
function unsorted(node: PlanNode): PlanNode {
  if (node.kind === 'sort' && isWhole(node)) return unsorted(node.input)
  if (node.kind === 'filter' || node.kind === 'project') return mapInputs(node, unsorted)
  return node
}

const isWhole = ({ limit, offset }: SortNode): boolean => limit === undefined && offset === 0

function simplify(node: SortNode): PlanNode {
  const { input, limit, offset } = node
  const keepsOne = offset === 0 && limit !== undefined && limit >= 1
  if (keepsOne && isUniqueBy(input, [])) return input
  const order = node.order.filter((key, i) => decides(key, node.order.slice(0, i)))
  // A stream is sorted by its time only, which is never constant: without a LIMIT the order stays, for the planner to judge.
  const reduced = isWhole(node) ? node.order : order
  if (reduced.length === 0 && input.kind === 'sort') return nested(node, input)
  if (reduced.length === node.order.length) return node
  return relocated(createSort(input, reduced, { offset, limit }), node)
}

/** Whether rows that agree in the keys before it may differ in this one. */
function decides({ expression }: SortKey, before: readonly SortKey[]): boolean {
  if (columnsRead(expression).length === 0) return !isDeterministic(expression)
  return !before.some(
    b =>
      expression.kind === 'column' &&
      b.expression.kind === 'column' &&
      b.expression.index === expression.index,
  )
}

/** LIMIT over LIMIT: the outer one counts from where the inner one begins. */
function nested(outer: SortNode, inner: SortNode): PlanNode {
  const left =
    inner.limit === undefined ? Number.POSITIVE_INFINITY : Math.max(0, inner.limit - outer.offset)
  const limit = Math.min(left, outer.limit ?? Number.POSITIVE_INFINITY)
  const made = createSort(inner.input, inner.order, {
    offset: inner.offset + outer.offset,
    limit: Number.isFinite(limit) ? limit : undefined,
  })
  return relocated(made, inner)
}
