// Filter push-down: conditions are evaluated as early as possible, so that less is computed, carried, joined and kept.
//
// A condition moves below a node when a row of the node passes it exactly if the row's origin does: through projections (the
// expressions put in), unions, sorts without limit, unnests; below a window, aggregation, rank or OVER when it reads only what
// is the same for a whole window row, group or partition; to the sides of a join that cannot gain a row by it.
// Conditions of one side in ON move there too, from the side that may be missing.
//
// It would be unsafe, and is not done: past a watermark (it is evaluated on every record) or a user function; of conditions that
// can fail past anything that drops rows (they would meet rows that never came to them); of conditions that depend on clocks or
// chance; below an aggregation on window columns (the window would no longer be recognised as part of it); on the right side of
// a temporal join (an older version would become the valid one); below a stateful node with several consumers (its state would be
// held twice). A condition that cannot fail may pass one that can: a row that it drops is then no error, as in Flink.

import { inputsOf } from '../plan/children.ts'
import { createFilter } from '../plan/create-node.ts'
import type { Expression } from '../plan/expression.ts'
import { mapInputs } from '../plan/map-children.ts'
import type { FilterNode, PlanNode, SinkNode } from '../plan/node.ts'
import { sharedNodes } from './count-consumers.ts'
import { allOf, conjunctsOf, isConstant } from './expression-facts.ts'
import { descend, pushOnCondition, withFilteredInputs } from './filter-paths.ts'

/** The statements with filters moved towards the sources. */
export function pushDownFilters(roots: readonly SinkNode[]): readonly SinkNode[] {
  const shared = sharedNodes(roots, REPEATABLE)
  const done = new Map<PlanNode, PlanNode>()
  const rewrite = (node: PlanNode): PlanNode => {
    const known = done.get(node)
    if (known) return known
    const result = mapInputs(pushOnce(node, shared), rewrite)
    done.set(node, result)
    return result
  }
  return roots.map(root => rewrite(root) as SinkNode)
}

/** What may be done again for each consumer: it holds no rows. */
const REPEATABLE: ReadonlySet<PlanNode['kind']> = new Set(['project', 'union'])

function pushOnce(node: PlanNode, shared: ReadonlySet<PlanNode>): PlanNode {
  if (node.kind === 'join') return pushOnCondition(node, filtered)
  if (node.kind !== 'filter') return node
  const isKept = shared.has(node.input) && !REPEATABLE.has(node.input.kind)
  return isKept ? node : pushBelow(node)
}

function pushBelow(node: FilterNode): PlanNode {
  const { input } = node
  const below: Expression[][] = inputsOf(input).map(() => [])
  const on: Expression[] = []
  const above = conjunctsOf(node.condition).filter(condition => {
    const descent = descend(input, condition)
    if (!descent) return true
    if ('on' in descent) on.push(descent.on)
    else for (const [i, c] of descent.below.entries()) if (c) below[i]?.push(c)
    return false
  })
  if (on.length === 0 && below.every(conditions => conditions.length === 0)) return node
  const pushed = withFilteredInputs(input, below, filtered)
  const joined =
    pushed.kind === 'join' && on.length > 0
      ? { ...pushed, condition: allOf([...trueFree(pushed.condition), ...on]) }
      : pushed
  return filtered(joined, above)
}

const trueFree = (condition: Expression): readonly Expression[] =>
  conjunctsOf(condition).filter(c => !isConstant(c, true))

const filtered = (input: PlanNode, conditions: readonly Expression[]): PlanNode =>
  conditions.length === 0 ? input : createFilter(input, allOf(conditions))
