// Makes the operator of OVER aggregates: over a stream in the order of time, or over a whole result.

import type { FrameBound } from '../../../plan/node.ts'
import { BatchOverOperator } from '../../../runtime/operators/batch-over-operator.ts'
import { OverOperator } from '../../../runtime/operators/over-operator.ts'
import type { RowOperator } from '../../../runtime/operators/row-operator.ts'
import type { DataType } from '../../../types/data-type.ts'
import { assertNever } from '../../../types/errors.ts'
import { decimalToNumber } from '../../../types/decimal.ts'
import { toEpochMs } from '../../../types/temporal.ts'
import type { Hybrid, Row } from '../../../types/value.ts'
import type { OverExec } from '../../exec-node.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import { PlanError } from '../../planner/plan-error.ts'
import { identityOf } from './make-join.ts'
import { createOverAggregates } from './over-aggregates.ts'
import {
  columnTypes,
  functionsOf,
  inputOf,
  partitionKeyOf,
  placeOf,
  timeReader,
} from './row-operator-parts.ts'

export function makeOver(emitter: TaskEmitter, node: OverExec): RowOperator {
  const input = inputOf(node)
  const { schema } = input
  const functions = functionsOf(emitter, node)
  const common = {
    place: placeOf(emitter, node),
    key: partitionKeyOf(functions, node.partition, schema.length),
    rowTypes: columnTypes(schema),
    aggregates: createOverAggregates(node.calls, schema.length, emitter.services.contextOf(node)),
  }
  const { unit } = node.frame
  const [from, to] = [reachOf(node.frame.from), reachOf(node.frame.to)]
  if (emitter.services.mode === 'streaming') {
    checkStreaming(node, from, to)
    return new OverOperator({
      ...common,
      unit,
      preceding: -from,
      timeOf: node.timeColumn < 0 ? undefined : timeReader(schema, node.timeColumn),
    })
  }
  const orderOf = functions.values(
    node.order.map(o => o.expression),
    schema.length,
  )
  return new BatchOverOperator({
    ...common,
    identity: identityOf(input),
    orderOf,
    compare: functions.sortValues(node.order),
    distanceOf: distanceReader(node, orderOf),
    frame: { unit, from, to },
  })
}

/** What a stream can answer: frames that end at the row, in the order of time. */
function checkStreaming({ order, frame, timeColumn }: OverExec, from: number, to: number): void {
  const type = order[0]?.expression.type
  const isTime = timeColumn >= 0 || (type && 'attribute' in type && type.attribute === 'proctime')
  const refuse = (problem: string, remedy: string): never => {
    throw new PlanError('MR_SQL_UNSUPPORTED', problem, remedy)
  }
  if (!isTime || order[0]?.descending)
    refuse(
      'an OVER aggregate of a stream must be ordered by its time, ascending',
      'Order by the event-time column, or run in batch mode.',
    )
  if (to !== 0)
    refuse(
      'an OVER frame of a stream must end at the current row',
      'Use … AND CURRENT ROW, or run in batch mode.',
    )
  if (timeColumn < 0 && frame.unit === 'range' && Number.isFinite(from))
    refuse(
      'an OVER frame of a RANGE of processing time is not supported',
      'Order by the event-time column, or use ROWS.',
    )
}

function reachOf(bound: FrameBound): number {
  switch (bound.kind) {
    case 'unbounded-preceding':
      return Number.NEGATIVE_INFINITY
    case 'unbounded-following':
      return Number.POSITIVE_INFINITY
    case 'current-row':
      return 0
    case 'preceding':
      return -bound.offset
    case 'following':
      return bound.offset
    default:
      return assertNever(bound)
  }
}

/** The first sort value as a number, times in ms; turned around when the order is descending, so that it grows with the rows. */
function distanceReader(
  { order: [first] }: OverExec,
  orderOf: (row: Row) => Row,
): (row: Row) => number | undefined {
  if (!first) return () => undefined
  const read = numberReader(first.expression.type)
  const sign = first.descending ? -1 : 1
  return row => {
    const [value] = orderOf(row)
    return value === null || value === undefined ? undefined : sign * read(value as Hybrid)
  }
}

function numberReader(type: DataType): (value: Hybrid) => number {
  switch (type.kind) {
    case 'timestamp':
    case 'timestamp_ltz':
      return value => toEpochMs(value, type)
    case 'date':
      return value => Number(value) * 86_400_000
    case 'decimal':
      return value => decimalToNumber(value, type.scale)
    default:
      return Number
  }
}
