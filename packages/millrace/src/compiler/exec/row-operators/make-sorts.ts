// Makes the operators that hold rows back to give them out in order, or in their final state.

import { LimitOperator } from '../../../runtime/operators/ranks/limit-operator.ts'
import { FinalizeOperator } from '../../../runtime/operators/finalize-operator.ts'
import type { RowOperator } from '../../../runtime/operators/row-operator.ts'
import { SortOperator } from '../../../runtime/operators/ranks/sort-operator.ts'
import { TimeSortOperator } from '../../../runtime/operators/ranks/time-sort-operator.ts'
import type { FinalizeExec } from '../../nodes/changelog-exec.ts'
import type { LimitExec, SortExec } from '../../nodes/order-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import { identityOf } from './make-join.ts'
import { columnTypes, functionsOf, inputOf, placeOf, timeReader } from './row-operator-parts.ts'

export function makeSort(emitter: TaskEmitter, node: SortExec): RowOperator {
  const input = inputOf(node)
  const functions = functionsOf(emitter, node)
  const common = {
    place: placeOf(emitter, node),
    rowTypes: columnTypes(input.schema),
    orderOf: functions.values(
      node.order.map(o => o.expression),
      input.schema.length,
    ),
    compare: functions.sortValues(node.order),
  }
  if (node.timeColumn >= 0)
    return new TimeSortOperator({ ...common, timeOf: timeReader(input.schema, node.timeColumn) })
  const { offset, limit } = node
  return new SortOperator({ ...common, identity: identityOf(input), offset, limit })
}

export function makeLimit(emitter: TaskEmitter, node: LimitExec): LimitOperator {
  const { offset, limit } = node
  const { satisfied } = emitter.services
  return new LimitOperator({ place: placeOf(emitter, node), offset, limit, satisfied })
}

export function makeFinalize(emitter: TaskEmitter, node: FinalizeExec): FinalizeOperator {
  const input = inputOf(node)
  return new FinalizeOperator({
    place: placeOf(emitter, node),
    rowTypes: columnTypes(input.schema),
    identity: identityOf(input),
  })
}
