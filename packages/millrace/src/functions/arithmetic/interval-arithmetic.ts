// Intervals with intervals, with points in time, and with integers.

import { addMonthsToDays, monthsBetween, MS_PER_DAY } from '../../types/calendar.ts'
import type { DataType } from '../../types/data-type.ts'
import {
  isInteger,
  isInterval,
  isTimestamp,
  types,
  afterComputation,
} from '../../types/data-type.ts'
import { multiplyLong } from '../../types/integer.ts'
import { addMonths, addMs, changePrecision, timestampMs } from '../../types/temporal.ts'
import type { Hybrid } from '../../types/value.ts'
import { strict } from '../binding.ts'
import type { ArgumentInfo, ScalarBinding, SignatureProblem } from '../function-definition.ts'
import { cannotApply } from './binary-operator.ts'

/** `a + b` (sign 1) or `a - b` (sign -1) where an interval is among the operands; else `undefined`. */
export function resolveIntervalSum(
  args: readonly ArgumentInfo[],
  sign: 1 | -1,
): ScalarBinding | SignatureProblem | undefined {
  const [a, b] = args
  if (a === undefined || b === undefined) return undefined
  if (isInterval(a.type) && isInterval(b.type)) {
    if (a.type.kind !== b.type.kind) return cannotApply(args)
    const type = a.type.kind === 'interval_day' ? types.intervalDay() : types.intervalYear()
    return strict(args, {
      parameters: [type, type],
      returns: type,
      evaluate: (x: number, y: number) => x + sign * y,
      emit: (_, [x = '', y = '']) => `(${x} ${sign > 0 ? '+' : '-'} ${y})`,
    })
  }
  if (isInterval(b.type)) return movedBy(args, a.type, b.type, sign, false)
  if (isInterval(a.type) && sign > 0) return movedBy(args, b.type, a.type, sign, true)
  return isInterval(a.type) ? cannotApply(args) : undefined
}

/** A point in time moved by an interval; `swapped` when the interval is the first argument. */
function movedBy(
  args: readonly ArgumentInfo[],
  point: DataType,
  interval: DataType,
  sign: 1 | -1,
  swapped: boolean,
): ScalarBinding | SignatureProblem {
  const move = movement(point, interval.kind === 'interval_year')
  if (move === undefined) return cannotApply(args)
  return strict(args, {
    parameters: args.map(x => x.type),
    returns: afterComputation(point),
    evaluate: swapped
      ? (by: number, at: Hybrid) => move(at, sign * by)
      : (at: Hybrid, by: number) => move(at, sign * by),
    emit: (scope, [x = '', y = '']) => {
      const [at, by] = swapped ? [y, x] : [x, y]
      return isTimestamp(point) && point.precision === 3 && interval.kind === 'interval_day'
        ? `(${at} ${sign > 0 ? '+' : '-'} ${by})`
        : `${scope.constant(move, 'move')}(${at}, ${sign > 0 ? by : `0 - ${by}`})`
    },
  })
}

function movement(
  point: DataType,
  months: boolean,
): ((at: Hybrid, by: number) => Hybrid) | undefined {
  switch (point.kind) {
    case 'date':
      return months
        ? (at, by) => addMonthsToDays(Number(at), by)
        : (at, by) => Number(at) + Math.trunc(by / MS_PER_DAY)
    case 'time':
      return months
        ? undefined
        : (at, by) => (((Number(at) + by) % MS_PER_DAY) + MS_PER_DAY) % MS_PER_DAY
    case 'timestamp':
    case 'timestamp_ltz':
      return moveTimestamp(point.precision, months)
    default:
      return undefined
  }
}

function moveTimestamp(precision: number, months: boolean): (at: Hybrid, by: number) => Hybrid {
  if (months) return (at, by) => addMonths(at, by, precision)
  if (precision >= 3) return (at, by) => addMs(at, by, precision)
  return (at, by) => changePrecision(addMs(at, by, 3), 3, precision)
}

/** `interval * n`, `n * interval` for integers n; else `undefined`. */
export function resolveIntervalProduct(
  args: readonly ArgumentInfo[],
): ScalarBinding | SignatureProblem | undefined {
  const interval = args.find(x => isInterval(x.type))
  if (interval === undefined) return undefined
  const factor = args.find(x => x !== interval)
  if (factor === undefined || !isInteger(factor.type)) return cannotApply(args)
  const type = interval.type.kind === 'interval_day' ? types.intervalDay() : types.intervalYear()
  return strict(args, {
    parameters: args.map(x => x.type),
    returns: type,
    evaluate: (x: Hybrid, y: Hybrid) => Number(multiplyLong(x, y)),
  })
}

/** `(a - b) UNIT`: the time between two DATEs or TIMESTAMPs, in ms or, for YEAR and MONTH, in whole months. */
export function resolveTimeDifference(
  args: readonly ArgumentInfo[],
): ScalarBinding | SignatureProblem {
  const [a, b, unit] = args
  if (a === undefined || b === undefined || typeof unit?.constant?.value !== 'string')
    return cannotApply(args)
  const msOf = [a.type, b.type].map(localMsOf)
  const [left, right] = msOf
  if (left === undefined || right === undefined) return cannotApply(args)
  const months = /^(?:YEAR|QUARTER|MONTH)/i.test(unit.constant.value)
  return strict(args, {
    parameters: args.map(x => x.type),
    returns: months ? types.intervalYear() : types.intervalDay(),
    evaluate: (x: Hybrid, y: Hybrid) =>
      months ? monthsBetween(right(y), left(x)) : left(x) - right(y),
  })
}

function localMsOf(type: DataType): ((value: Hybrid) => number) | undefined {
  if (type.kind === 'date') return days => Number(days) * MS_PER_DAY
  return isTimestamp(type) ? value => timestampMs(value, type.precision) : undefined
}
