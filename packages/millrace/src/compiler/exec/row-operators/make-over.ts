// Makes the operator of OVER aggregates: over a stream in the order of time, or over a whole result.

import type { AggregateCall, PositionCall, SortKey } from '../../../plan/expression.ts'
import type { FrameBound } from '../../../plan/node.ts'
import { BatchOverOperator } from '../../../runtime/operators/over/batch-over-operator.ts'
import { UpdatingOverOperator } from '../../../runtime/operators/over/updating-over-operator.ts'
import { OverOperator } from '../../../runtime/operators/over/over-operator.ts'
import type { RowOperator } from '../../../runtime/operators/row-operator.ts'
import type { DataType } from '../../../types/data-type.ts'
import { assertNever } from '../../../types/errors.ts'
import { decimalToNumber } from '../../../types/decimal.ts'
import type { Schema } from '../../../types/schema.ts'
import { toEpochMs } from '../../../types/temporal.ts'
import type { Hybrid, Row } from '../../../types/value.ts'
import type { OverExec } from '../../nodes/order-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import type { RowFunctions } from '../../code/row-functions.ts'
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
  }
  const aggregatesOf = (calls: readonly AggregateCall[]) =>
    createOverAggregates(calls, schema.length, emitter.services.contextOf(node))
  const { unit } = node.frame
  const [from, to] = [reachOf(node.frame.from), reachOf(node.frame.to)]
  const streaming = () => aggregatesOf([...node.calls, ...node.positions.map(soFar)])
  if (node.by === 'event-time' || node.by === 'processing-time') {
    checkTimeOrder(node, to)
    return new OverOperator({
      ...common,
      aggregates: streaming(),
      unit,
      preceding: -from,
      time: node.by === 'event-time' ? 'event' : 'processing',
      timeOf: timeOfOrder(functions, node, schema),
    })
  }
  const orderOf = functions.values(
    node.order.map(o => o.expression),
    schema.length,
  )
  const sorted = { identity: identityOf(input), orderOf, compare: functions.sortValues(node.order) }
  if (node.by === 'values')
    return new UpdatingOverOperator({
      ...common,
      ...sorted,
      aggregates: streaming(),
      frame: { unit, from, to },
      distanceOf: distanceReader(node, orderOf),
      resultTypes: columnTypes(node.schema).slice(schema.length),
      emitsUpdateBefore: node.output !== 'upsert',
    })
  return new BatchOverOperator({
    ...common,
    ...sorted,
    aggregates: aggregatesOf(node.calls),
    positions: node.positions.map(({ args, binding }) => ({
      argsOf: functions.values(args, schema.length),
      at: binding.at,
    })),
    distanceOf: distanceReader(node, orderOf),
    frame: { unit, from, to },
  })
}

/** A function of positions as an aggregate of the rows so far. */
function soFar({ name, function: fn, args, type, binding }: PositionCall): AggregateCall {
  const aggregate = binding.soFar
  if (!aggregate)
    throw new PlanError(
      'MR_SQL_UNSUPPORTED',
      `${fn} needs rows that a stream still has to give`,
      'Run in batch mode.',
    )
  return {
    name,
    function: fn,
    args,
    distinct: false,
    type,
    binding: aggregate,
    resolve: () => aggregate,
  }
}

/** The time by which a stream is ordered, in ms. */
function timeOfOrder(
  functions: RowFunctions,
  { order, timeColumn }: OverExec,
  schema: Schema,
): (row: Row) => number {
  if (timeColumn >= 0) return timeReader(schema, timeColumn)
  const clock = (order[0] as SortKey).expression
  const read = functions.values([clock], schema.length)
  return row => toEpochMs(read(row)[0] as Hybrid, clock.type)
}

/** What a stream in the order of time can answer: frames that end at the row. */
function checkTimeOrder({ order }: OverExec, to: number): void {
  const refuse = (problem: string, remedy: string): never => {
    throw new PlanError('MR_SQL_UNSUPPORTED', problem, remedy)
  }
  if (order.length > 1)
    refuse(
      'an OVER aggregate of a stream is ordered by one column',
      'Order by the event-time column alone, or run in batch mode.',
    )
  if (order[0]?.descending)
    refuse(
      'an OVER aggregate of a stream must be ordered by its time, ascending',
      'Order by the event-time column, or run in batch mode.',
    )
  if (to !== 0)
    refuse(
      'an OVER frame of a stream must end at the current row',
      'Use … AND CURRENT ROW, or run in batch mode.',
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
