// Makes the operator of a regular join.

import { JoinOperator } from '../../../runtime/operators/joins/join-operator.ts'
import type { SideIdentity } from '../../../runtime/operators/joins/join-side.ts'
import type { ExecNode } from '../../exec-node.ts'
import type { JoinExec } from '../../nodes/join-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import { columnTypes, functionsOf, inputOf, joinKeyOf, placeOf } from './row-operator-parts.ts'

export function makeJoin(emitter: TaskEmitter, node: JoinExec): JoinOperator {
  const functions = functionsOf(emitter, node)
  const side = (name: 'left' | 'right', index: number) => {
    const input = inputOf(node, index)
    return {
      key: joinKeyOf(functions, node.equi, name, input.schema.length),
      rowTypes: columnTypes(input.schema),
      identity: identityOf(input),
      ttl: emitter.services.ttlOf(node, index),
    }
  }
  const [left, right] = [side('left', 0), side('right', 1)]
  return new JoinOperator({
    place: placeOf(emitter, node),
    join: node.join,
    left,
    right,
    matches: functions.condition(node.residual, left.rowTypes.length, right.rowTypes.length),
  })
}

/** How an input's rows are found again when they change. */
export function identityOf({ output, keys: [key] }: ExecNode): SideIdentity {
  if (output === 'append') return { kind: 'append' }
  if (key) return { kind: 'unique-key', columns: key, upsert: output === 'upsert' }
  return { kind: 'row' }
}
