// `TIMESTAMPADD(unit, n, x)`, `TIMESTAMPDIFF(unit, a, b)`.

import { addMonthsToDays, MS_PER_DAY, monthsBetween } from '../../types/calendar.ts'
import {
  afterComputation,
  type DataType,
  formatType,
  isInteger,
  types,
} from '../../types/data-type.ts'
import { addMonths, addMs, fromEpochMs, precisionOf } from '../../types/temporal.ts'
import type { Hybrid, Value } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { differenceProblem, isTemporal, localMsReader } from './temporal-argument.ts'
import { type TimeUnit, timeUnitOf, UNIT_MONTHS, UNIT_MS } from './time-unit.ts'

/** `TIMESTAMPADD('UNIT', n, x)`. */
export const timestampAdd: ScalarFunction = {
  kind: 'scalar',
  name: 'TIMESTAMPADD',
  docs: {
    group: 'temporal',
    summary:
      'The date or timestamp a number of units later; a day past the end of a month becomes its last.',
    examples: [["TIMESTAMPADD(WEEK, 1, DATE '2003-01-02')", "DATE '2003-01-09'"]],
  },
  resolve(args) {
    const [unitArg, count, arg] = args
    const unit = timeUnitOf(unitArg?.constant?.value)
    if (args.length !== 3 || !unitArg || !count || !arg || unit === undefined) {
      return problem('needs a unit of time, a number and a date or timestamp')
    }
    if (!isInteger(count.type) && count.type.kind !== 'null') {
      return problem(`needs an INT as argument 2, not ${formatType(count.type)}`)
    }
    if (!isTemporal(arg.type) && arg.type.kind !== 'null') {
      return problem(`needs a date or timestamp as argument 3, not ${formatType(arg.type)}`)
    }
    const returns = sumType(arg.type, unit)
    const add = adder(unit, arg.type, returns)
    if (add === undefined) return problem(`cannot add ${unit} to ${formatType(arg.type)}`)
    return strict(args, {
      parameters: [unitArg.type, types.bigint, arg.type],
      returns,
      evaluate: (_: string, n: Hybrid, value: Value) => add(value, Number(n)),
      emit: (scope, [, n = '', x = '']) => `${scope.constant(add, 'add')}(${x}, Number(${n}))`,
    })
  },
}

/** A DATE plus hours is a TIMESTAMP(6), as in Flink. */
function sumType(type: DataType, unit: TimeUnit): DataType {
  const isBelowDay = unit !== 'DAY' && unit !== 'WEEK' && UNIT_MONTHS[unit] === undefined
  if (type.kind === 'date' && isBelowDay) {
    return { ...types.timestamp(6), nullable: type.nullable }
  }
  if (type.kind === 'timestamp' && unit === 'MILLISECOND' && type.precision < 3) {
    return { ...types.timestamp(3), nullable: type.nullable }
  }
  return afterComputation(type)
}

function adder(
  unit: TimeUnit,
  type: DataType,
  returns: DataType,
): ((value: Value, n: number) => Value) | undefined {
  const months = UNIT_MONTHS[unit]
  const ms = UNIT_MS[unit]
  if (months === undefined && ms === undefined) return undefined
  switch (type.kind) {
    case 'date':
      if (returns.kind === 'timestamp')
        return (v, n) => fromEpochMs((v as number) * MS_PER_DAY + n * (ms as number), returns)
      return months !== undefined
        ? (v, n) => addMonthsToDays(v as number, n * months)
        : (v, n) => (v as number) + (n * (ms as number)) / MS_PER_DAY
    case 'time':
      return ms === undefined
        ? undefined
        : (v, n) => ((((v as number) + n * ms) % MS_PER_DAY) + MS_PER_DAY) % MS_PER_DAY
    default: {
      const precision = precisionOf(type)
      return months !== undefined
        ? (v, n) => addMonths(v as Hybrid, n * months, precision)
        : (v, n) => addMs(v as Hybrid, n * (ms as number), precision)
    }
  }
}

/** `TIMESTAMPDIFF('UNIT', a, b)`. */
export const timestampDiff: ScalarFunction = {
  kind: 'scalar',
  name: 'TIMESTAMPDIFF',
  docs: {
    group: 'temporal',
    summary: 'The whole units from the first date or timestamp to the second.',
    examples: [["TIMESTAMPDIFF(DAY, DATE '2024-01-01', DATE '2024-03-01')", '60']],
  },
  resolve(args, session) {
    const [unitArg, from, to] = args
    const unit = timeUnitOf(unitArg?.constant?.value)
    if (args.length !== 3 || !unitArg || !from || !to || unit === undefined) {
      return problem('needs a unit of time and two dates or timestamps')
    }
    const reason = differenceProblem(from.type, to.type)
    if (reason !== undefined) return problem(reason)
    const months = UNIT_MONTHS[unit]
    const ms = UNIT_MS[unit]
    if (months === undefined && ms === undefined) return problem(`cannot count in ${unit}`)
    // Two instants differ by what lies between them, whatever the clocks of a zone did; months are those of UTC, as in Flink.
    const utc = { ...session, timeZone: 'UTC' }
    const readFrom = localMsReader(from.type, utc)
    const readTo = localMsReader(to.type, utc)
    const difference = (a: Value, b: Value): number =>
      months === undefined
        ? (Math.trunc((readTo(b) - readFrom(a)) / (ms as number)) + 0) | 0
        : Math.trunc(monthsBetween(readFrom(a), readTo(b)) / months) + 0
    return strict(args, {
      parameters: [unitArg.type, from.type, to.type],
      returns: types.int,
      evaluate: (_: string, a: Value, b: Value) => difference(a, b),
      emit: (scope, [, a = '', b = '']) =>
        `${scope.constant(difference, 'difference')}(${a}, ${b})`,
    })
  },
}
