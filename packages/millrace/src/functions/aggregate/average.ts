// AVG.

import type { DataType, DataTypeOf } from '../../types/data-type.ts'
import { formatType, isInteger, isNumeric, notNull, types } from '../../types/data-type.ts'
import { divideDecimal, toDecimal } from '../../types/decimal.ts'
import { divideLong } from '../../types/integer.ts'
import { averageType, decimalQuotientType, sumType, asDecimal } from '../../types/type-rules.ts'
import type { Hybrid, Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import type { AggregateBinding, AggregateFunction } from '../function-definition.ts'
import { sumArithmetic } from './sum-arithmetic.ts'

/** The mean, of the argument's own type: integers truncate; of DECIMAL(p, s), DECIMAL(38, max(6, s)). NULL of no values. */
export const average: AggregateFunction = {
  kind: 'aggregate',
  name: 'AVG',
  docs: {
    group: 'aggregate',
    summary: 'The mean of all values that are not NULL, in their own type; NULL without any.',
    examples: [['AVG(x)', '2']],
  },
  resolve(args) {
    const [arg] = args
    if (arg === undefined || args.length !== 1) return problem('needs one argument')
    if (!isNumeric(arg.type)) return problem(`needs a number, not ${formatType(arg.type)}`)
    return averageBinding(arg.type)
  },
}

function averageBinding(type: DataType): AggregateBinding {
  const totalType = isInteger(type)
    ? types.bigint
    : type.kind === 'decimal'
      ? sumType(type)
      : types.double
  const arithmetic = sumArithmetic(totalType)
  const quotient = quotientOf(type)
  return {
    parameters: [type],
    returns: averageType(type),
    isNullOnlyIfEmpty: true,
    skipsNulls: true,
    fields: [
      { name: 'sum', type: notNull(totalType), initial: '0' },
      { name: 'count', type: notNull(types.bigint), initial: '0' },
    ],
    accumulate(scope, [total = '', n = ''], [x = '']) {
      arithmetic.emit(scope, total, '+', x)
      scope.statement(`${n} = ${n} + 1`)
    },
    retract(scope, [total = '', n = ''], [x = '']) {
      arithmetic.emit(scope, total, '-', x)
      scope.statement(`${n} = ${n} - 1`)
    },
    merge(scope, [total = '', n = ''], [fromTotal = '', fromN = '']) {
      arithmetic.emit(scope, total, '+', fromTotal)
      scope.statement(`${n} = ${n} + ${fromN}`)
    },
    ...(arithmetic.isExact && {
      unmerge(scope, [total = '', n = ''], [fromTotal = '', fromN = '']) {
        arithmetic.emit(scope, total, '-', fromTotal)
        scope.statement(`${n} = ${n} - ${fromN}`)
      },
    }),
    result: (scope, [total = '', n = '']) =>
      `(${n} === 0 ? null : ${scope.constant(quotient, 'quotient')}(${total}, ${n}))`,
    evaluate(rows) {
      const total = rows.reduce((sum: Hybrid, [x]) => arithmetic.add(sum, x as Hybrid), 0)
      return rows.length === 0 ? null : quotient(total, rows.length)
    },
  }
}

function quotientOf(type: DataType): (total: Hybrid, count: number) => Value {
  if (type.kind === 'double') return (total, n) => (total as number) / n
  if (type.kind === 'float') return (total, n) => Math.fround((total as number) / n)
  if (type.kind !== 'decimal') return divideLong
  // As Flink does: first in the type of DECIMAL / BIGINT, then cast to the result's.
  const { scale } = type
  const divided = decimalQuotientType(
    sumType(type) as DataTypeOf<'decimal'>,
    asDecimal(types.bigint),
  )
  const result = averageType(type) as DataTypeOf<'decimal'>
  return (total, n) => {
    const mean = divideDecimal(total, scale, n, 0, divided.precision, divided.scale)
    return mean === null ? null : toDecimal(mean, divided.scale, result.precision, result.scale)
  }
}
