// UNION ALL; INTERSECT and EXCEPT.

import type { PlanNodeOf } from '../../plan/node.ts'
import type { ExecNode } from '../exec-node.ts'
import type { PhysicalPlanner } from './physical-planner.ts'
import { PlanError } from './plan-error.ts'

/** The rows of all inputs. */
export function planUnion(planner: PhysicalPlanner, node: PlanNodeOf<'union'>): ExecNode {
  const inputs = node.inputs.map(i => planner.plan(i))
  return {
    kind: 'union',
    id: `union(${inputs.map(i => i.id).join(',')})`,
    inputs,
    schema: node.schema,
    output: inputs.every(i => i.output === 'append') ? 'append' : 'retract',
    keys: [],
  }
}

/** Rows that are in both inputs, or in the first one only. */
export function planSetOperation(_: PhysicalPlanner, node: PlanNodeOf<'set-operation'>): ExecNode {
  throw new PlanError(
    'MR_SQL_UNSUPPORTED',
    `${node.operation.toUpperCase()} is not supported yet`,
    'Write it as a join, or as EXISTS / NOT EXISTS.',
  )
}
