// `EXTRACT(unit FROM x)` and its short forms `YEAR(x)`, `MONTH(x)` …

import { floorMod, MS_PER_DAY } from '../../types/calendar.ts'
import { type DataType, formatType, isInterval, types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import type { ArgumentInfo, ScalarFunction, SessionInfo } from '../function-definition.ts'
import { isTemporal, localMsReader, nanosReader } from './temporal-argument.ts'
import { fieldOfDay, type TimeUnit, timeUnitOf, UNIT_MONTHS, UNIT_MS } from './time-unit.ts'

/** `EXTRACT('UNIT', x)`. */
export const extract: ScalarFunction = {
  kind: 'scalar',
  name: 'EXTRACT',
  docs: {
    group: 'temporal',
    summary:
      'A field of a date, time, timestamp or interval. WEEK is the ISO week; DOW counts from Sunday = 1, ISODOW from Monday = 1.',
    examples: [["EXTRACT(DAY FROM DATE '2024-02-29')", '29']],
  },
  resolve([unitArg, arg], session) {
    const unit = timeUnitOf(unitArg?.constant?.value)
    if (unitArg === undefined || arg === undefined || unit === undefined) {
      return problem('needs a unit of time and a temporal value')
    }
    const field = fieldReader(unit, arg.type, session)
    if (typeof field === 'string') return problem(field)
    return strict([unitArg, arg], {
      parameters: [unitArg.type, arg.type],
      returns: types.bigint,
      evaluate: (_: string, value: Value) => field(value),
      emit: (scope, [, x = '']) => `${scope.constant(field, unit.toLowerCase())}(${x})`,
    })
  },
}

/** Reads the field, or says why it cannot. */
function fieldReader(
  unit: TimeUnit,
  type: DataType,
  session: SessionInfo,
): ((value: Value) => number) | string {
  if (type.kind === 'null') return () => 0
  if (isInterval(type)) return intervalField(unit, type)
  if (!isTemporal(type)) return `needs a temporal value, not ${formatType(type)}`
  const isDayUnit = fieldOfDay(unit, 0) !== undefined
  if (type.kind === 'time' && (isDayUnit || unit === 'EPOCH'))
    return `${unit} is no field of ${formatType(type)}`
  const localMs = localMsReader(type, session)
  if (isDayUnit) {
    return v => fieldOfDay(unit, Math.floor(localMs(v) / MS_PER_DAY)) as number
  }
  const nanos = nanosReader(type)
  switch (unit) {
    case 'EPOCH':
      return v => Math.trunc(localMs(v) / 1000) + 0
    case 'HOUR':
      return v => Math.floor(floorMod(localMs(v), MS_PER_DAY) / 3_600_000)
    case 'MINUTE':
      return v => Math.floor(floorMod(localMs(v), 3_600_000) / 60_000)
    case 'SECOND':
      return v => Math.floor(floorMod(localMs(v), 60_000) / 1000)
    case 'MILLISECOND':
      return v => floorMod(localMs(v), 1000)
    case 'MICROSECOND':
      return v => floorMod(localMs(v), 1000) * 1000 + Math.floor(nanos(v) / 1000)
    default:
      return v => floorMod(localMs(v), 1000) * 1_000_000 + nanos(v)
  }
}

const WITHIN: Readonly<Partial<Record<TimeUnit, number>>> = {
  HOUR: 24,
  MINUTE: 60,
  SECOND: 60,
  MILLISECOND: 1000,
}

/** A field of an interval has its sign; years and days are not cut by a larger unit. */
function intervalField(unit: TimeUnit, type: DataType): ((value: Value) => number) | string {
  const months = UNIT_MONTHS[unit]
  if (type.kind === 'interval_year' && months !== undefined && months >= 1) {
    const within = unit === 'MONTH' ? 12 : unit === 'QUARTER' ? 4 : Number.POSITIVE_INFINITY
    return v => (Math.trunc((v as number) / months) % within) + 0
  }
  const ms = UNIT_MS[unit]
  if (type.kind !== 'interval_day' || ms === undefined || unit === 'WEEK') {
    return `${unit} is no field of ${formatType(type)}`
  }
  const within = WITHIN[unit] ?? Number.POSITIVE_INFINITY
  return v => (Math.trunc((v as number) / ms) % within) + 0
}

export const year = shortForm('YEAR', 'YEAR', '1994')
export const quarter = shortForm('QUARTER', 'QUARTER', '3')
export const month = shortForm('MONTH', 'MONTH', '9')
export const week = shortForm('WEEK', 'WEEK', '39')
export const dayOfYear = shortForm('DAYOFYEAR', 'DOY', '270')
export const dayOfMonth = shortForm('DAYOFMONTH', 'DAY', '27')
export const dayOfWeek = shortForm('DAYOFWEEK', 'DOW', '3')
export const hour = shortForm('HOUR', 'HOUR', '13')
export const minute = shortForm('MINUTE', 'MINUTE', '14')
export const second = shortForm('SECOND', 'SECOND', '15')

function shortForm(name: string, unit: TimeUnit, result: string): ScalarFunction {
  return {
    kind: 'scalar',
    name,
    docs: {
      group: 'temporal',
      summary: `EXTRACT(${unit} FROM x).`,
      examples: [[`${name}(TIMESTAMP '1994-09-27 13:14:15')`, result]],
    },
    resolve(args, session) {
      const [arg] = args
      if (args.length !== 1 || arg === undefined) return problem('needs one temporal value')
      const full: ArgumentInfo[] = [
        { type: types.char(unit.length), constant: { value: unit } },
        arg,
      ]
      const found = extract.resolve(full, session)
      if ('problem' in found) return found
      const evaluate = found.evaluate as (unit: string, value: Value) => number
      return strict(args, {
        parameters: [arg.type],
        returns: types.bigint,
        evaluate: (value: Value) => evaluate(unit, value),
        emit: (scope, [x = '']) => found.emit?.(scope, ['""', x]) ?? x,
      })
    },
  }
}
