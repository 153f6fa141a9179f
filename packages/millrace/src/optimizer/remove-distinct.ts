// DISTINCT over rows that are distinct goes away, and with it a copy of all of them in state.
//
// The same goes for the DISTINCT of an aggregate whose argument no two rows of a group share.
//
// They are when the input has a unique key among the columns; a declared primary key is believed, as in Flink. Below a DISTINCT,
// others do no more than it does: UNION of several queries keeps one set of rows. Kept: windowed ones (they drop late rows and
// wait for their windows), and those that others read too.

import { createAggregate, createProject } from '../plan/create-node.ts'
import type { Expression } from '../plan/expression.ts'
import { mapInputs } from '../plan/map-children.ts'
import type { AggregateNode, PlanNode, SinkNode } from '../plan/node.ts'
import { transformPlan } from '../plan/transform.ts'
import { countConsumers } from './count-consumers.ts'
import { isDeterministic } from './expression-facts.ts'
import { isUniqueBy } from './unique-keys.ts'
import { readsWindow } from './window-columns.ts'

/** The statements without a DISTINCT that drops no row. */
export function removeDistinct(roots: readonly SinkNode[]): readonly SinkNode[] {
  const consumers = countConsumers(roots)
  const done = new Map<PlanNode, PlanNode>()
  const isShared = (node: PlanNode) => (consumers.get(node) ?? 1) > 1
  const step = (node: PlanNode) => withoutDistinctCalls(remove(node, isShared))
  return roots.map(root => transformPlan(root, step, done) as SinkNode)
}

/** A GROUP BY that computes nothing. */
function isDistinct(node: PlanNode): node is AggregateNode {
  return (
    node.kind === 'aggregate' &&
    node.aggregates.length === 0 &&
    node.keys.length > 0 &&
    !node.groupingSets &&
    node.keys.every(k => isDeterministic(k.expression) && !readsWindow(k.expression, node.input))
  )
}

/** Aggregates of values that are distinct keep no set of those that they have seen. */
function withoutDistinctCalls(node: PlanNode): PlanNode {
  if (node.kind !== 'aggregate' || !node.aggregates.some(c => c.distinct)) return node
  // With grouping sets a group may be of fewer keys.
  const keys = node.groupingSets ? [] : columnsOf(node.keys.map(k => k.expression))
  const aggregates = node.aggregates.map(call =>
    call.distinct && isUniqueBy(node.input, [...keys, ...columnsOf(call.args)])
      ? { ...call, distinct: false }
      : call,
  )
  return aggregates.every((c, i) => c === node.aggregates[i]) ? node : { ...node, aggregates }
}

const columnsOf = (expressions: readonly Expression[]): readonly number[] =>
  expressions.flatMap(e => (e.kind === 'column' ? [e.index] : []))

function remove(node: PlanNode, isShared: (node: PlanNode) => boolean): PlanNode {
  if (!isDistinct(node)) return node
  const columns = columnsOf(node.keys.map(k => k.expression))
  if (isUniqueBy(node.input, columns)) return createProject(node.input, node.keys)
  const input = withRepeats(node.input, isShared)
  if (input === node.input) return node
  const { stateTtlMs } = node
  const made = createAggregate(input, node.keys, [])
  return stateTtlMs === undefined ? made : { ...made, stateTtlMs }
}

/** Rows that may repeat where the node's do not, for one who drops repeated rows anyway. */
function withRepeats(node: PlanNode, isShared: (node: PlanNode) => boolean): PlanNode {
  if (isShared(node)) return node
  if (isDistinct(node)) return withRepeats(createProject(node.input, node.keys), isShared)
  const passes =
    node.kind === 'union' ||
    (node.kind === 'filter' && isDeterministic(node.condition)) ||
    (node.kind === 'project' && node.columns.every(c => isDeterministic(c.expression)))
  return passes ? mapInputs(node, input => withRepeats(input, isShared)) : node
}
