// Makes the operator of a look-up join.

import { LookupJoinOperator } from '../../../runtime/operators/joins/lookup-join-operator.ts'
import type { LookupJoinExec } from '../../nodes/join-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import { functionsOf, inputOf, joinKeyOf, placeOf } from './row-operator-parts.ts'

export function makeLookupJoin(emitter: TaskEmitter, node: LookupJoinExec): LookupJoinOperator {
  const functions = functionsOf(emitter, node)
  const leftWidth = inputOf(node).schema.length
  const rightWidth = node.right.schema.length
  return new LookupJoinOperator({
    place: placeOf(emitter, node),
    join: node.join,
    leftKey: joinKeyOf(functions, node.equi, 'left', leftWidth),
    rightKey: joinKeyOf(functions, node.equi, 'right', rightWidth),
    rightWidth,
    matches: functions.condition(node.residual, leftWidth, rightWidth),
    rows: () => emitter.services.lookupRows(node),
  })
}
