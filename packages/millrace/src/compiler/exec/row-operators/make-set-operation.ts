// Makes the operator of INTERSECT ALL and EXCEPT ALL.

import type { Expression } from '../../../plan/expression.ts'
import { SetOperationOperator } from '../../../runtime/operators/joins/set-operation-operator.ts'
import type { SetOperationExec } from '../../nodes/changelog-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import { functionsOf, partitionKeyOf, placeOf } from './row-operator-parts.ts'

export function makeSetOperation(
  emitter: TaskEmitter,
  node: SetOperationExec,
): SetOperationOperator {
  const columns = node.schema.map(
    ({ name, type }, index): Expression => ({ kind: 'column', index, name, type }),
  )
  return new SetOperationOperator({
    place: placeOf(emitter, node),
    operation: node.operation,
    key: partitionKeyOf(functionsOf(emitter, node), columns, columns.length),
  })
}
