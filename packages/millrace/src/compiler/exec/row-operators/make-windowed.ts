// Makes the operators over rows in windows: session windows, window join and window Top-N.

import { SessionWindowOperator } from '../../../runtime/operators/windows/session-window-operator.ts'
import { WindowJoinOperator } from '../../../runtime/operators/windows/window-join-operator.ts'
import { WindowRankOperator } from '../../../runtime/operators/windows/window-rank-operator.ts'
import type { DataType } from '../../../types/data-type.ts'
import { epochToLocalMs, localToEpochMs, windowTimerMs } from '../../../types/time-zone.ts'
import type { ExecNode } from '../../exec-node.ts'
import type { SessionWindowExec } from '../../nodes/window-exec.ts'
import type { WindowJoinExec } from '../../nodes/join-exec.ts'
import type { WindowRankExec } from '../../nodes/order-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import {
  columnOf,
  columnTypes,
  functionsOf,
  inputOf,
  joinKeyOf,
  partitionKeyOf,
  placeOf,
  timeReader,
} from './row-operator-parts.ts'

export function makeWindowJoin(emitter: TaskEmitter, node: WindowJoinExec): WindowJoinOperator {
  const functions = functionsOf(emitter, node)
  const side = (name: 'left' | 'right', index: number, windowEnd: number) => {
    const { schema } = inputOf(node, index)
    return {
      key: joinKeyOf(functions, node.equi, name, schema.length),
      rowTypes: columnTypes(schema),
      endOf: timeReader(schema, windowEnd),
    }
  }
  const left = side('left', 0, node.leftWindowEnd)
  const right = side('right', 1, node.rightWindowEnd)
  return new WindowJoinOperator({
    place: placeOf(emitter, node),
    join: node.join,
    left,
    right,
    timerMs: windowTimer(emitter, node),
    matches: functions.condition(node.residual, left.rowTypes.length, right.rowTypes.length),
  })
}

export function makeWindowRank(emitter: TaskEmitter, node: WindowRankExec): WindowRankOperator {
  const { schema } = inputOf(node)
  const functions = functionsOf(emitter, node)
  return new WindowRankOperator({
    place: placeOf(emitter, node),
    key: partitionKeyOf(functions, node.partition, schema.length),
    rowTypes: columnTypes(schema),
    orderOf: functions.values(
      node.order.map(o => o.expression),
      schema.length,
    ),
    compare: functions.sortValues(node.order),
    range: { function: node.function, from: node.from, to: node.to },
    withRank: node.withRank,
    endOf: timeReader(schema, node.windowEnd),
    timerMs: windowTimer(emitter, node),
  })
}

export function makeSessionWindow(
  emitter: TaskEmitter,
  node: SessionWindowExec,
): SessionWindowOperator {
  const { schema } = inputOf(node)
  const partition = node.partition.map(i => columnOf(schema, i))
  const zone = emitter.services.timeZoneOf(schema[node.timeColumn]?.type)
  const epochOf = timeReader(schema, node.timeColumn)
  return new SessionWindowOperator({
    place: placeOf(emitter, node),
    key: partitionKeyOf(functionsOf(emitter, node), partition, schema.length),
    rowTypes: columnTypes(schema),
    timeOf: zone === undefined ? epochOf : row => epochToLocalMs(epochOf(row), zone),
    gapMs: node.gapMs,
    gives: node.gives,
    retracts: node.output !== 'append',
    timerMs: windowTimer(emitter, node),
    timeOfWindow: zone === undefined ? end => end - 1 : end => localToEpochMs(end - 1, zone),
  })
}

/** From window ends, which are local times where the windows are over a TIMESTAMP_LTZ, to the epoch ms by which they close. */
function windowTimer({ services }: TaskEmitter, node: ExecNode): (end: number) => number {
  const zone = services.timeZoneOf(windowTimeType(node))
  return zone === undefined ? end => end - 1 : end => windowTimerMs(end - 1, zone)
}

/** The type of the time column that the windows were made over. */
function windowTimeType(node: ExecNode): DataType | undefined {
  const input = node.inputs[0]
  const isOrigin =
    node.kind === 'window-assign' ||
    node.kind === 'session-window' ||
    (node.kind === 'window-aggregate' && node.window.kind !== 'attached')
  if (isOrigin) return input?.schema[node.timeColumn]?.type
  return input && windowTimeType(input)
}
