// Makes the operators of joins by event time: interval and temporal joins.

import {
  IntervalJoinOperator,
  type IntervalSide,
} from '../../../runtime/operators/joins/interval-join-operator.ts'
import { TemporalJoinOperator } from '../../../runtime/operators/joins/temporal-join-operator.ts'
import type { RowFunctions } from '../../code/row-functions.ts'
import type { IntervalJoinExec, TemporalJoinExec } from '../../nodes/join-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import {
  columnTypes,
  functionsOf,
  inputOf,
  joinKeyOf,
  placeOf,
  timeReader,
} from './row-operator-parts.ts'

export function makeIntervalJoin(
  emitter: TaskEmitter,
  node: IntervalJoinExec,
): IntervalJoinOperator {
  const functions = functionsOf(emitter, node)
  const { join, lowerMs, upperMs } = node
  const operator = new IntervalJoinOperator({
    ...sidesOf(functions, node),
    place: placeOf(emitter, node),
    join,
    lowerMs,
    upperMs,
  })
  emitter.services.delayOutput(node, operator.outputDelayMs)
  return operator
}

export function makeTemporalJoin(
  emitter: TaskEmitter,
  node: TemporalJoinExec,
): TemporalJoinOperator {
  const functions = functionsOf(emitter, node)
  return new TemporalJoinOperator({
    ...sidesOf(functions, node),
    place: placeOf(emitter, node),
    join: node.join,
  })
}

function sidesOf(functions: RowFunctions, node: IntervalJoinExec | TemporalJoinExec) {
  const side = (name: 'left' | 'right', index: number, timeColumn: number): IntervalSide => {
    const { schema } = inputOf(node, index)
    return {
      key: joinKeyOf(functions, node.equi, name, schema.length),
      rowTypes: columnTypes(schema),
      timeOf: timeReader(schema, timeColumn),
    }
  }
  const left = side('left', 0, node.leftTime)
  const right = side('right', 1, node.rightTime)
  const matches = functions.condition(node.residual, left.rowTypes.length, right.rowTypes.length)
  return { left, right, matches }
}
