// `FLOOR(x TO unit)`, `CEIL(x TO unit)` of temporal values. FLOOR and CEIL of numbers are arithmetic; they hand over to this.

import { floorMod, MS_PER_DAY } from '../../types/calendar.ts'
import { type DataType, formatType } from '../../types/data-type.ts'
import { fromEpochMs, toEpochMs } from '../../types/temporal.ts'
import type { Hybrid, Value } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import type {
  ArgumentInfo,
  ScalarBinding,
  SessionInfo,
  SignatureProblem,
} from '../function-definition.ts'
import { isTemporal, localMsReader, localMsWriter } from './temporal-argument.ts'
import { ceilDays, floorDays, type TimeUnit, timeUnitOf, UNIT_MS } from './time-unit.ts'

export type UnitRounding = 'floor' | 'ceil'

/**
 * Resolves `FLOOR(x, 'UNIT')` or `CEIL(x, 'UNIT')`, whose `x` is a DATE, TIME, TIMESTAMP or TIMESTAMP_LTZ; the result has its type.
 *
 * A week starts on Sunday. A TIMESTAMP_LTZ is rounded in the session's time zone.
 */
export function resolveToUnit(
  rounding: UnitRounding,
  args: readonly ArgumentInfo[],
  session: SessionInfo,
): ScalarBinding | SignatureProblem {
  const [arg, unitArg] = args
  const unit = timeUnitOf(unitArg?.constant?.value)
  if (arg === undefined || unitArg === undefined || unit === undefined) {
    return problem('needs a temporal value and a unit of time')
  }
  if (arg.type.kind !== 'null' && !isTemporal(arg.type)) {
    return problem(`needs a temporal value to round to ${unit}, not ${formatType(arg.type)}`)
  }
  const evaluate = roundingOf(arg.type, rounder(rounding, unit), session)
  return strict(args, {
    parameters: [arg.type, unitArg.type],
    returns: arg.type,
    evaluate,
    emit: (scope, [x = '']) => `${scope.constant(evaluate, `${rounding}_${unit}`)}(${x})`,
  })
}

/** An instant moves by as much as its local time does, whatever the clocks do in between: Flink's answer. */
function roundingOf(
  type: DataType,
  round: (localMs: number) => number,
  session: SessionInfo,
): (value: Value) => Value {
  const read = localMsReader(type, session)
  if (type.kind !== 'timestamp_ltz') {
    const write = localMsWriter(type, session)
    return value => write(round(read(value)))
  }
  return value => {
    const local = read(value)
    return fromEpochMs(toEpochMs(value as Hybrid, type) + round(local) - local, type)
  }
}

function rounder(rounding: UnitRounding, unit: TimeUnit): (localMs: number) => number {
  const size = UNIT_MS[unit]
  if (size !== undefined && unit !== 'WEEK') {
    return rounding === 'floor' ? ms => ms - floorMod(ms, size) : ms => ms + floorMod(0 - ms, size)
  }
  if (unit === 'MICROSECOND' || unit === 'NANOSECOND') return ms => ms
  const roundDays = rounding === 'floor' ? floorDays : ceilDays
  return ms => roundDays(unit, Math.floor(ms / MS_PER_DAY)) * MS_PER_DAY
}
