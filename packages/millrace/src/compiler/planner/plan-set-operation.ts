// UNION ALL; INTERSECT and EXCEPT.

import type { PlanNodeOf } from '../../plan/node.ts'
import { InternalError } from '../../types/errors.ts'
import type { ExecNode } from '../exec-node.ts'
import type { Planner } from './planner.ts'

/** The rows of all inputs. */
export function planUnion(planner: Planner, node: PlanNodeOf<'union'>): ExecNode {
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

/**
 * INTERSECT ALL and EXCEPT ALL; without ALL they are semi and anti joins. What both sides only add to, an intersection only grows by;
 * a row of the right side takes back one of a difference.
 *
 * @throws {InternalError} for an operation without ALL, which no binder makes
 */
export function planSetOperation(planner: Planner, node: PlanNodeOf<'set-operation'>): ExecNode {
  if (!node.all) throw new InternalError(`${node.operation} without ALL is a join`)
  const inputs = [planner.plan(node.left), planner.plan(node.right)]
  const isAppend = node.operation === 'intersect' && inputs.every(i => i.output === 'append')
  return {
    kind: 'set-operation',
    id: planner.ids.next('set-operation', inputs, [node.operation]),
    inputs,
    schema: node.schema,
    output: isAppend ? 'append' : 'retract',
    keys: [],
    operation: node.operation,
  }
}
